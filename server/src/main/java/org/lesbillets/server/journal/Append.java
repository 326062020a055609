package org.lesbillets.server.journal;

import java.util.Objects;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;

/**
 * One event to be made durable.
 *
 * @param expectedRevision of the ticket's last event, 0 for a ticket that is not there yet: the
 *     append conflicts if it is another one by now
 * @param operation to be remembered with the event, or null
 * @param event as decided, not yet {@linkplain WireEvent#sealed sealed}; the ticket of a
 *     TicketCreated has number 0 when the journal is to give it the next one, or the number it
 *     would like to have, which is given to it if it is free
 */
public record Append(long expectedRevision, Operation operation, WireEvent event) {
  public Append {
    Objects.requireNonNull(event, "event");
  }

  public TicketId ticket() {
    return event.ticket().id();
  }
}
