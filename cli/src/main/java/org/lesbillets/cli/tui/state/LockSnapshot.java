package org.lesbillets.cli.tui.state;

import java.util.Objects;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;

/**
 * A snapshot of the lock of a ticket that a message is about. Immutable; any thread.
 *
 * @param token of the lock; 0 for no lock
 */
public record LockSnapshot(TicketId ticket, long token) {
  public LockSnapshot {
    Objects.requireNonNull(ticket, "ticket");
  }

  /** The present lock of a ticket. */
  public static LockSnapshot of(Ticket ticket) {
    return new LockSnapshot(ticket.id(), ticket.isLocked() ? ticket.lock().token() : 0);
  }

  /**
   * Whether the lock has ended or changed its holder.
   *
   * @param now this ticket or another; a version older than the snapshot proves nothing
   */
  public boolean isOver(Ticket now) {
    return now.id().equals(ticket) && now.revision() >= token && of(now).token() != token;
  }
}
