package org.lesbillets.server.websocket;

import org.glassfish.grizzly.Connection;
import org.lesbillets.server.session.SessionOrigin;

/**
 * A connection that was just admitted, on its way from the filter that saw it to the endpoint that
 * opens its session: both run in the same read, on the same thread.
 */
record AdmittedConnection(Connection<?> connection, SessionOrigin origin) {
  private static final ThreadLocal<AdmittedConnection> HERE = new ThreadLocal<>();

  /** What is read on this thread from now on belongs to this arrival. */
  void announce() {
    HERE.set(this);
  }

  /** Nothing is arriving on this thread. */
  static void none() {
    HERE.remove();
  }

  /**
   * The arrival on this thread; it is given once.
   *
   * @throws IllegalStateException if there is none: no session may be opened without
   */
  static AdmittedConnection take() {
    AdmittedConnection arrival = HERE.get();
    if (arrival == null) {
      throw new IllegalStateException("a session opened outside the read of its handshake");
    }
    HERE.remove();
    return arrival;
  }
}
