package org.lesbillets.cli.command.watch;

import java.util.Locale;
import java.util.function.Predicate;
import org.lesbillets.model.Ticket;

/** A state to wait for. Open or closed is independent of the lock. */
public enum TicketState {
  UNLOCKED(ticket -> !ticket.isLocked()),
  LOCKED(Ticket::isLocked),
  OPEN(Ticket::isOpen),
  CLOSED(ticket -> !ticket.isOpen());

  private final Predicate<Ticket> isTrueOf;

  TicketState(Predicate<Ticket> isTrueOf) {
    this.isTrueOf = isTrueOf;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isTrueOf(Ticket ticket) {
    return isTrueOf.test(ticket);
  }
}
