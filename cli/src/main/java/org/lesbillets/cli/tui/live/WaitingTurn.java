package org.lesbillets.cli.tui.live;

import org.lesbillets.model.message.ServerMessage.EventMessage;

/** A place in the line for a lock. Any thread; nothing here blocks its caller. */
public interface WaitingTurn {

  /** Hears how the wait goes, on the thread that waits, one call at a time. */
  interface Listener {
    /** It takes longer than a moment; said for each place in line. */
    void waiting();

    /** The connection was lost, and the place in line with it; another is tried until it comes. */
    void lost();

    /** There is a connection again, and a place at the end of the line. */
    void back();

    /**
     * The lock is ours, and nobody renews it yet: {@link AsyncTicketService#keep} does.
     *
     * @param granted the event that granted it
     */
    void granted(EventMessage granted);

    /**
     * The wait is over without the lock.
     *
     * @param why a RejectedException or ConnectionException; its message is a sentence for people
     */
    void refused(RuntimeException why);
  }

  /**
   * Leaves the line. Neither granted nor refused is called after it, unless it was under way: a
   * lock that is granted at the same moment is released. Safe to call again.
   */
  void cancel();
}
