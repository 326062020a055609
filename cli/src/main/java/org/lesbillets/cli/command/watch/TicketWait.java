package org.lesbillets.cli.command.watch;

import java.time.Duration;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.cli.command.QueryWords;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.command.WatchTerms;
import org.lesbillets.cli.command.WatchVisitor;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Waits until a ticket is in a state: one snapshot, then a watch from its revision, so that no
 * change between the two is missed. After a resync the snapshot is taken again. Confined to one
 * thread.
 */
final class TicketWait implements WatchVisitor {
  private final TicketService service;
  private final ConnectionStatusPrinter status;
  private final TicketState state;

  /** As it was last seen. */
  private Ticket ticket;

  TicketWait(TicketService service, ConnectionStatusPrinter status, TicketState state) {
    this.service = service;
    this.status = status;
    this.state = state;
  }

  /**
   * @param within how long to wait; null for ever
   * @return the ticket once it is in the state, or as it was last seen when the time is over
   */
  Ticket await(TicketRef ref, Duration within) {
    ticket = service.details(ref, false, DetailsCursor.NEWEST).ticket();
    if (goesOn()) {
      WatchStart start = WatchStart.after(ticket.revision());
      service.watch(
          new WatchTerms(QueryWords.parse("number:" + ticket.number()), start, within), this);
    }
    return ticket;
  }

  private boolean goesOn() {
    return !state.isTrueOf(ticket);
  }

  @Override
  public boolean event(EventMessage event) {
    ticket = event.event().event().ticket();
    return goesOn();
  }

  @Override
  public boolean resync(ResumePoint at) {
    ticket = service.details(TicketRef.of(ticket.id()), false, DetailsCursor.NEWEST).ticket();
    return goesOn();
  }

  @Override
  public void state(ConnectionState connection) {
    connection.accept(status);
  }
}
