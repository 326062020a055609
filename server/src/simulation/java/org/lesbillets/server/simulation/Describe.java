package org.lesbillets.server.simulation;

import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;

/** Events in a line of a trace. */
final class Describe {
  private Describe() {}

  static String event(SequencedEvent event) {
    Ticket ticket = event.event().ticket();
    String lock =
        ticket.lock() == null
            ? ""
            : " lock " + ticket.lock().token() + " of " + ticket.lock().holder();
    return "%d %s #%d by %s%s"
        .formatted(
            event.revision(), event.event().type(), ticket.number(), event.event().by(), lock);
  }
}
