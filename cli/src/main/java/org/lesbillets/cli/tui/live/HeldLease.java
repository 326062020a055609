package org.lesbillets.cli.tui.live;

import java.util.concurrent.CompletableFuture;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A lock that is kept renewed until it is released, finished with, or lost. Any thread; nothing
 * here blocks its caller, and after a loss nothing here does any harm.
 */
public interface HeldLease {
  /** The event that granted the lock. Its ticket has no description. */
  EventMessage granted();

  /** The number of the ticket. */
  default long number() {
    return granted().event().event().ticket().number();
  }

  /** The lock's token, for the changes that are made under it. */
  default long token() {
    return granted().event().event().ticket().lock().token();
  }

  /**
   * Makes a change that also releases the lock, such as an update with {@code unlock}, or one that
   * closes the ticket. The release is then no loss. If the change fails, the lock is kept on.
   *
   * @return as {@link AsyncTicketService#change}
   */
  CompletableFuture<EventMessage> finish(ClientMessage.Change last);

  /**
   * Releases the lock, behind the changes that were asked for before. A server that cannot be told
   * ends it by itself within its time.
   */
  void release();
}
