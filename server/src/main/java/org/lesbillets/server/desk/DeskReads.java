package org.lesbillets.server.desk;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.InternPool;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.model.wire.EncodedTickets;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.desk.request.Snapshot;

/**
 * Requests that change nothing. The desk's thread only takes the snapshot; filtering, sorting,
 * reading and encoding are left to the workers of the sessions.
 */
final class DeskReads {
  private final DeskDependencies with;
  private final DeskState state;
  private final FreshReads fresh;
  private List<Ticket> tickets = List.of();
  private long ticketsRevision = -1;
  private EncodedTickets encodings = new EncodedTickets();

  /**
   * @param desk runs a task on the desk's thread
   */
  DeskReads(DeskDependencies with, DeskState state, Executor desk) {
    this.with = with;
    this.state = state;
    this.fresh = new FreshReads(with, state, desk);
  }

  /**
   * Runs a read: at once, unless it has to be fresh, or resumes from a revision that this server
   * has yet to apply. Where the journal does not have that either, it is of another history.
   */
  void begin(Requester requester, ClientMessage.Read message, FreshReads.Task task) {
    if (message.fresh() || isAhead(message)) {
      fresh.whenFresh(requester, message.requestId(), task);
    } else {
      task.run();
    }
  }

  private boolean isAhead(ClientMessage.Read message) {
    return message instanceof ClientMessage.GetTickets list
        && list.since() != null
        && list.since().revision() > state.book().revision()
        && list.since().journalId().equals(with.journal().journalId());
  }

  /** A list; with a watch, subscription and snapshot are one task, so that no event is missed. */
  void tickets(Requester requester, ClientMessage.GetTickets message) {
    Snapshot snapshot = snapshot();
    if (message.watch() == null) {
      requester.list(message, snapshot);
    } else {
      with.channel().publish(new Announcement.Joined(requester, message, snapshot));
    }
  }

  /** A snapshot that takes its place among the events. */
  void snapshot(Consumer<Snapshot> to) {
    Snapshot snapshot = snapshot();
    with.channel().publish(new Announcement.Passed(() -> to.accept(snapshot)));
  }

  /** Cached until the next event: many who join at once share one copy. */
  private Snapshot snapshot() {
    TicketBook book = state.book();
    if (ticketsRevision != book.revision()) {
      tickets = book.tickets();
      ticketsRevision = book.revision();
    }
    return new Snapshot(tickets, ticketsRevision, with.time().now(), encodings);
  }

  /** The book has applied an event. */
  void delivered(SequencedEvent event) {
    if (event.event() instanceof WireEvent.TicketRedacted) {
      forget();
      InternPool.forgetTexts();
    }
    fresh.delivered(event.revision());
  }

  /** Refuses reads that have waited for too long. */
  void runDue() {
    fresh.runDue();
  }

  /** Nanoseconds until {@link #runDue} has to run, 0 when overdue; at most {@code most}. */
  long nanosToNext(long most) {
    return fresh.nanosToNext(most);
  }

  /** Refuses the reads that wait, since the server stops. */
  void close() {
    fresh.close();
  }

  /** Drops the cached list and encodings, which have what was redacted since. */
  private void forget() {
    encodings = new EncodedTickets();
    tickets = List.of();
    ticketsRevision = -1;
  }

  void ticket(Requester requester, ClientMessage.GetTicket message) {
    List<Ticket> found = state.book().matches(message.ticket(), TicketRules.CANDIDATES);
    if (found.size() == 1) {
      requester.details(message, state.withRemaining(found.get(0)));
    } else {
      requester.answer(TicketRules.unresolved(message.ticket(), found).answer(message.requestId()));
    }
  }

  void pong(Requester requester, String requestId) {
    requester.answer(new ServerMessage.Pong(requestId, state.book().revision()));
  }
}
