package org.lesbillets.cli.tui.state;

import java.util.Objects;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;

/**
 * How a ticket's lock stood when something was said of it. Immutable; any thread.
 *
 * @param token of the lock; 0 when there was none
 */
public record LockSeen(TicketId ticket, long token) {
  public LockSeen {
    Objects.requireNonNull(ticket, "ticket");
  }

  /** The lock of a ticket as it is there. */
  public static LockSeen of(Ticket ticket) {
    return new LockSeen(ticket.id(), ticket.isLocked() ? ticket.lock().token() : 0);
  }

  /**
   * Whether it stands otherwise by now.
   *
   * @param now this ticket or another; one from before the lock that was seen proves nothing
   */
  public boolean isOver(Ticket now) {
    return now.id().equals(ticket) && now.revision() >= token && of(now).token() != token;
  }
}
