package org.lesbillets.cli.tui.live;

import java.util.concurrent.CompletableFuture;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A lock that is renewed until it is released, finished or lost. Any thread; nothing here blocks,
 * and calls after a loss have no effect.
 */
public interface HeldLease {
  /** The event that granted the lock; its ticket has no description. */
  EventMessage granted();

  /** The number of the ticket. */
  default long number() {
    return granted().event().event().ticket().number();
  }

  /** The lock's fencing token, for the changes made under it. */
  default long token() {
    return granted().event().event().ticket().lock().token();
  }

  /**
   * Makes a change that also releases the lock, such as an update with {@code unlock}, or one that
   * closes the ticket; the release is then no loss. If the change fails, the lock is still renewed.
   *
   * @return as {@link AsyncTicketService#change}
   */
  CompletableFuture<EventMessage> finish(ClientMessage.Change last);

  /**
   * Releases the lock, in FIFO order with the changes. If the server cannot be reached, the lease
   * expires.
   */
  void release();
}
