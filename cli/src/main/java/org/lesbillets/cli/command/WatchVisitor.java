package org.lesbillets.cli.command;

import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/** Callbacks of a watch, on the thread that watches. An exception ends the watch. */
public interface WatchVisitor {
  /**
   * Called before the watch begins.
   *
   * @param end ends it soon; from any thread
   */
  default void begun(Runnable end) {}

  /**
   * The next event; each once, in order.
   *
   * @return whether to go on
   */
  boolean event(EventMessage event);

  /**
   * The watch resumes from here; events before may have been missed.
   *
   * @return whether to go on
   */
  boolean resync(ResumePoint at);

  /**
   * A part of a snapshot: of the one that the watch begins with, or of one without which it cannot
   * resume.
   *
   * @return whether to go on
   */
  default boolean part(SnapshotPart part) {
    return !part.last() || !part.reset() || resync(part.at());
  }

  /** The watch stands here: what was before was passed on, or does not concern it. */
  default void position(ResumePoint at) {}

  /**
   * Time alone has changed the match of a ticket.
   *
   * @return whether to go on
   */
  default boolean match(TicketMatch match) {
    return true;
  }

  /** Nothing further has arrived yet. */
  default void caughtUp() {}

  /** The time of the watch is over; on another thread. */
  default void timeIsOver() {}

  void state(ConnectionState state);
}
