package org.lesbillets.cli.output;

import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;

/** The words and tones of a ticket's state. Stateless. */
public final class TicketWords {
  /** The status of a ticket that has a lock. */
  public static final String LOCKED = "locked";

  private TicketWords() {}

  /** open, closed, or locked while it has a lock. */
  public static String status(Ticket ticket) {
    return ticket.isLocked() ? LOCKED : ticket.content().status().wireName();
  }

  public static TextTone tone(Ticket ticket) {
    if (ticket.isLocked()) {
      return TextTone.CAUTION;
    }
    return ticket.isOpen() ? TextTone.GOOD : TextTone.QUIET;
  }

  public static TextTone tone(Priority priority) {
    return switch (priority) {
      case LOW -> TextTone.QUIET;
      case NORMAL -> TextTone.PLAIN;
      case HIGH -> TextTone.CAUTION;
      case URGENT -> TextTone.ALARM;
    };
  }
}
