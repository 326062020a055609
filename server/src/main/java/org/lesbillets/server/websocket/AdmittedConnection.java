package org.lesbillets.server.websocket;

import org.glassfish.grizzly.Connection;
import org.lesbillets.server.session.SessionOrigin;

/**
 * An authorized connection, passed from the filter that authorized it to the endpoint that opens
 * its session. Thread-local, since both run in the same read, on the same I/O thread.
 */
record AdmittedConnection(Connection<?> connection, SessionOrigin origin) {
  private static final ThreadLocal<AdmittedConnection> HERE = new ThreadLocal<>();

  /** Offers it to the endpoint on this thread. */
  void announce() {
    HERE.set(this);
  }

  /** Clears this thread's offer. */
  static void none() {
    HERE.remove();
  }

  /**
   * Takes this thread's offer, once.
   *
   * @throws IllegalStateException if there is none: fail closed, no session without authorization
   */
  static AdmittedConnection take() {
    AdmittedConnection admitted = HERE.get();
    if (admitted == null) {
      throw new IllegalStateException("a session opened outside the read of its handshake");
    }
    HERE.remove();
    return admitted;
  }
}
