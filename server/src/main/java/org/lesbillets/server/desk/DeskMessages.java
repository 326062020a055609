package org.lesbillets.server.desk;

import org.lesbillets.model.Ticket;
import org.lesbillets.model.wire.WireLimits;

/**
 * Refusals for reasons of the server, not of the rules: what happened, and what to do next.
 * Stateless.
 */
final class DeskMessages {
  private DeskMessages() {}

  static final String TOO_MANY_WAIT =
      "Too many wait for locks: try again later, or without waiting.";

  static String waitedInVain(Ticket ticket) {
    return ticket.lock() == null
        ? "Your wait for ticket %d is over, and nobody holds it now: lock it again."
            .formatted(ticket.number())
        : "Ticket %d is still locked by %s: wait longer, or see who waits and why it is locked."
            .formatted(ticket.number(), ticket.lock().holder());
  }

  static String imported(Ticket ticket) {
    return "Ticket %d has this id already, and says something else: it was left as it is."
        .formatted(ticket.number());
  }

  static String noNumberLeft() {
    return ("There is a ticket %d, which is the highest number, so no ticket can have the next one:"
            + " import the tickets into a new server, that one under a lower number.")
        .formatted(WireLimits.MAX_NUMBER);
  }

  static String readOnly(String reason) {
    return "The server takes no changes, because its journal failed (%s): tell whoever runs it."
        .formatted(reason);
  }

  /**
   * @param repeatable whether the same request can be sent again without doing it twice
   */
  static String uncertain(String reason, boolean repeatable) {
    return "It may have happened or not, because the journal failed (%s): when the server is well"
            .formatted(reason)
        + (repeatable
            ? " again, ask again with the same operation id."
            : " again, look at the ticket before you ask again.");
  }
}
