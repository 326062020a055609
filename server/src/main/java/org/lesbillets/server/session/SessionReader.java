package org.lesbillets.server.session;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.lesbillets.model.AgentName;
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

/**
 * What the chunk sources of one session run on, read from and report to. A worker's thread, unless
 * it says otherwise.
 */
final class SessionReader {
  private final AgentName agent;
  private final SessionServices services;
  private final Runnable onAnswered;
  private final Consumer<String> end;

  /**
   * @param onAnswered run once for each answer whose last chunk is made; any thread
   * @param end cuts the session, for a reason; any thread
   */
  SessionReader(
      AgentName agent, SessionServices services, Runnable onAnswered, Consumer<String> end) {
    this.agent = agent;
    this.services = services;
    this.onAnswered = onAnswered;
    this.end = end;
  }

  /**
   * Has a worker make the source's next chunk. Any thread; one call at a time for a session.
   *
   * @param done takes the chunk, on the drainer's thread; not called when none could be made, since
   *     the session is cut then
   */
  void produce(ChunkSource source, BiConsumer<ChunkSource, ChunkSource.Chunk> done) {
    try {
      services.workers().execute(() -> make(source, done));
    } catch (RejectedExecutionException e) {
      endSession("the server has too much to read for it");
    }
  }

  private void make(ChunkSource source, BiConsumer<ChunkSource, ChunkSource.Chunk> done) {
    ChunkSource.Chunk chunk;
    try {
      chunk = source.next();
    } catch (RuntimeException e) {
      // A mistake of ours, which the thread's handler logs; without an end the session would hang.
      endSession("what it asked for could not be made");
      throw e;
    }
    services.drainer().post(() -> done.accept(source, chunk));
  }

  SessionServices services() {
    return services;
  }

  Journal journal() {
    return services.journal();
  }

  FrameLog log() {
    return services.log();
  }

  /** The last chunk of an answer is made. */
  void answered() {
    onAnswered.run();
  }

  void endSession(String reason) {
    end.accept(reason);
  }

  /** The parts of a list: filtered, sorted, limited, with the locks' remaining time. */
  AllTicketsParts list(GetTickets request, Snapshot snapshot, boolean reset) {
    List<Ticket> matching = matching(request, snapshot);
    int limit = request.limit() == null ? matching.size() : request.limit();
    List<Ticket> listed =
        limit < matching.size() ? List.copyOf(matching.subList(0, limit)) : matching;
    return new AllTicketsParts(
        new ServerMessage.AllTickets(
            request.requestId(),
            listed,
            snapshot.revision(),
            journal().journalId(),
            false,
            reset,
            matching.size()));
  }

  private List<Ticket> matching(GetTickets request, Snapshot snapshot) {
    TicketQuery query = request.query() == null ? TicketQuery.ALL : request.query();
    TicketOrder order = request.order() == null ? TicketOrder.BY_NUMBER : request.order();
    QueryContext context = new QueryContext(agent, snapshot.at());
    Stream<Ticket> tickets = snapshot.tickets().stream().map(services.lockTimes()::withRemaining);
    Stream<Ticket> matching =
        query.isAll() ? tickets : tickets.filter(t -> query.matches(t, context));
    return matching.sorted(order.comparator()).toList();
  }

  /** An event of the journal, with the present remaining time of its lock. */
  SequencedEvent withRemaining(SequencedEvent event) {
    return services.lockTimes().withRemaining(event);
  }

  byte[] frame(ServerMessage message) {
    return WebSocketFrames.text(MessageCodec.encodeUtf8(message));
  }

  /** The refusal of a request for which the journal could not be read. */
  byte[] unreadable(String requestId, String reason) {
    return frame(
        new ServerMessage.Rejected(
            requestId,
            RejectionCode.READ_ONLY,
            "The journal cannot be read (%s): tell whoever runs the server.".formatted(reason),
            RejectionDetails.NONE));
  }
}
