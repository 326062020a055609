package org.lesbillets.cli.output;

import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;

/** The words screens use for a ticket's state, and their tones. */
final class TicketWords {
  private TicketWords() {}

  /** open, closed, or locked while somebody holds its lock. */
  static String status(Ticket ticket) {
    return ticket.isLocked() ? "locked" : ticket.content().status().wireName();
  }

  static Tone tone(Ticket ticket) {
    if (ticket.isLocked()) {
      return Tone.CAUTION;
    }
    return ticket.isOpen() ? Tone.GOOD : Tone.QUIET;
  }

  static Tone tone(Priority priority) {
    return switch (priority) {
      case LOW -> Tone.QUIET;
      case NORMAL -> Tone.PLAIN;
      case HIGH -> Tone.CAUTION;
      case URGENT -> Tone.ALARM;
    };
  }
}
