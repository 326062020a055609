package org.lesbillets.cli.command.lock;

import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.rules.TicketRules;

/**
 * The lock that is to be broken, looked up first, so that its token names it and no other is broken
 * by a race. Stateless.
 */
final class StealTarget {
  private StealTarget() {}

  /**
   * The request to break the present lock of a ticket.
   *
   * @param reason as typed, or null
   * @return null when the ticket is free
   * @throws UsageException if the lock is another's and there is no reason
   */
  static LockBreak seen(TicketRef ref, String reason, TicketService service) {
    Ticket ticket = service.details(ref, false, DetailsCursor.NEWEST).ticket();
    TicketLock lock = ticket.lock();
    if (lock == null) {
      return null;
    }
    String why = Converters.textOrNull(reason);
    if (why == null && TicketRules.isHeldByAnother(ticket, service.me())) {
      throw new UsageException(
          lock.holder()
              + " holds the lock on ticket "
              + ticket.number()
              + (lock.note() == null ? "" : " (" + lock.note() + ")")
              + (reason == null ? ": say with --reason" : ": --reason is empty, say in it")
              + " why you break it, everybody will see it");
    }
    return new LockBreak(lock.token(), why);
  }
}
