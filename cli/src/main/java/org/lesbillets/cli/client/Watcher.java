package org.lesbillets.cli.client;

import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.query.TicketQuery;

/**
 * Watches for ever: connects, resumes after every loss, drops what came twice, and asks again where
 * something is missing. Runs on the thread that calls {@link #run}; so do the listener's methods.
 */
public final class Watcher {

  /** Hears of a watch, on the thread that runs it, one call at a time. */
  public interface Listener {
    /** The next event; each once, in order. */
    void onEvent(EventMessage event);

    /**
     * All tickets that match.
     *
     * @param reset whether events may have been missed before it: forget what was known. False for
     *     the snapshot a watch begins with
     */
    void onSnapshot(TicketSnapshot snapshot, boolean reset);

    void onState(ConnectionState state);
  }

  /**
   * @param query null for all tickets
   */
  public Watcher(ClientSettings settings, TicketQuery query, WatchStart start, Listener listener) {
    throw new UnsupportedOperationException();
  }

  /**
   * Watches until {@link #stop}. What a listener throws ends the watch and comes out here.
   *
   * @throws ConnectionException UNAUTHORIZED, FORBIDDEN or PROTOCOL: what trying again does not
   *     heal
   * @throws RejectedException if the server refuses the watch for good (a query it cannot read)
   */
  public void run() {
    throw new UnsupportedOperationException();
  }

  /** Ends {@link #run} soon, from any thread; before it runs, it ends at once. */
  public void stop() {
    throw new UnsupportedOperationException();
  }
}
