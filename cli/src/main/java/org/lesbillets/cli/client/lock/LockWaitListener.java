package org.lesbillets.cli.client.lock;

import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Callbacks for the progress of a {@link LockWaiter}, one at a time, on the thread that waits. The
 * command line prints from them, the live view makes events of them.
 */
public interface LockWaitListener {
  /**
   * The wait begins.
   *
   * @param cancel ends it soon, from any thread
   */
  default void begun(Runnable cancel) {}

  /** The wait takes longer than a moment; called once. */
  void waiting();

  /**
   * The server has not answered pings for some seconds, or does again. The place in the queue stays
   * until the connection is lost.
   */
  default void silent(ServerAddress server, boolean silent) {}

  /** The connection was lost, and the place in the queue with it; reconnects follow. */
  void lost();

  /** There is a connection again, and a place at the end of the queue. */
  void back(ServerAddress server);

  /**
   * A started wait ended with the lock, which is not renewed yet.
   *
   * @param granted the event that granted it
   */
  default void granted(EventMessage granted) {}

  /**
   * A started wait ended without the lock.
   *
   * @param why as {@link LockWaiter#take} throws it; its message is a sentence for people
   */
  default void refused(RuntimeException why) {}
}
