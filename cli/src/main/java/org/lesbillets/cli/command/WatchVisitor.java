package org.lesbillets.cli.command;

import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.EventMessage;

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

  void state(ConnectionState state);
}
