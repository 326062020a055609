package org.lesbillets.server.journal;

import java.util.Objects;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.event.WireEvent.UnknownEvent;

/**
 * One event to be made durable.
 *
 * @param expectedRevision of the ticket's last event, 0 for a ticket that is not there yet: the
 *     append conflicts if it is another one by now
 * @param operation to be remembered with the event, or null
 * @param event as decided, not yet {@linkplain WireEvent#sealed sealed}, its times in whole
 *     milliseconds; the ticket of a TicketCreated has number 0 when the journal is to give it the
 *     next one, or the number it would like to have, which is given to it if it is free
 */
public record Append(long expectedRevision, Operation operation, WireEvent event) {
  /**
   * @throws IllegalArgumentException if no journal could keep the event: the caller is wrong
   */
  public Append {
    Objects.requireNonNull(event, "event");
    if (event instanceof UnknownEvent) {
      throw new IllegalArgumentException("an unknown event is only ever read: " + event.type());
    }
    if (event instanceof TicketCreated != (expectedRevision == 0)) {
      throw new IllegalArgumentException(
          "a create expects revision 0, and nothing else does: " + expectedRevision);
    }
    if (event.changesContent() && event.ticket().content().description() == null) {
      throw new IllegalArgumentException("a description belongs to every " + event.type());
    }
    if (event.at().getNano() % 1_000_000 != 0) {
      throw new IllegalArgumentException("times are in whole milliseconds: " + event.at());
    }
  }

  public TicketId ticket() {
    return event.ticket().id();
  }
}
