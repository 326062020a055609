package org.lesbillets.server.session;

import java.util.List;
import java.util.stream.Stream;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.model.wire.AllTicketsParts;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.desk.Snapshot;
import org.lesbillets.server.journal.Journal;

/** What the part sources of one session read with. A worker's thread. */
record SessionReader(ClientSession session, SessionServices services) {

  Journal journal() {
    return services.journal();
  }

  FrameLog log() {
    return services.log();
  }

  /** The parts of a list: filtered, sorted, limited, locks as they are to be told now. */
  AllTicketsParts list(GetTickets request, Snapshot snapshot, boolean reset) {
    List<Ticket> matching = matching(request, snapshot);
    int limit = request.limit() == null ? matching.size() : request.limit();
    List<Ticket> told =
        limit < matching.size() ? List.copyOf(matching.subList(0, limit)) : matching;
    return new AllTicketsParts(
        new AllTicketsParts.Answer(
            request.requestId(),
            told,
            snapshot.revision(),
            journal().journalId(),
            reset,
            matching.size()));
  }

  private List<Ticket> matching(GetTickets request, Snapshot snapshot) {
    TicketQuery query = request.query() == null ? TicketQuery.ALL : request.query();
    TicketOrder order = request.order() == null ? TicketOrder.BY_NUMBER : request.order();
    QueryContext context = new QueryContext(session.agent(), snapshot.at());
    Stream<Ticket> told = snapshot.tickets().stream().map(services.lockTimes()::withRemaining);
    Stream<Ticket> matching = query.isAll() ? told : told.filter(t -> query.matches(t, context));
    return matching.sorted(order.comparator()).toList();
  }

  /** An event read from the journal as it is told now. */
  SequencedEvent withRemaining(SequencedEvent event) {
    return services.lockTimes().withRemaining(event);
  }

  byte[] frame(ServerMessage message) {
    return WebSocketFrames.text(MessageCodec.encodeUtf8(message));
  }

  /** The refusal of a request the journal could not be read for. */
  byte[] unreadable(String requestId, String reason) {
    return frame(
        new ServerMessage.Rejected(
            requestId,
            RejectionCode.READ_ONLY,
            "The journal cannot be read (%s): tell whoever runs the server.".formatted(reason),
            RejectionDetails.NONE));
  }
}
