package org.lesbillets.server.session;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.model.wire.AllTicketsParts;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.desk.request.Snapshot;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.match.MatchClock;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Slice;

/**
 * What the chunk sources of one session run on, read from and report to. A worker's thread, unless
 * it says otherwise.
 */
final class SessionReader {
  private final Requester session;
  private final AgentName agent;
  private final SessionServices services;
  private final Consumer<String> onAnswered;
  private final Consumer<SessionEnd> end;

  /**
   * @param session owner of the work
   * @param onAnswered takes the request's id once the last chunk of its answer is made; any thread
   * @param end cuts the session, for a reason; any thread
   */
  SessionReader(
      Requester session,
      SessionServices services,
      Consumer<String> onAnswered,
      Consumer<SessionEnd> end) {
    this.session = session;
    this.agent = session.agent();
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
      FairLane lane = source.lane(services.workers());
      lane.execute(session, source.job(), () -> make(source, done));
    } catch (RejectedExecutionException e) {
      endSession(SessionEnd.BUSY);
    }
  }

  private void make(ChunkSource source, BiConsumer<ChunkSource, ChunkSource.Chunk> done) {
    ChunkSource.Chunk chunk;
    try {
      chunk = source.next();
    } catch (RuntimeException e) {
      // A mistake of ours, which the thread's handler logs; without an end the session would hang.
      endSession(SessionEnd.FAILED);
      throw e;
    }
    services.drainer().post(() -> done.accept(source, chunk));
  }

  Requester session() {
    return session;
  }

  /** The clock of a watch whose query mentions time. */
  MatchClock clock(TicketQuery query) {
    return new MatchClock(query, agent, services.desk().lockTimes(), services.time());
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
  void answered(String requestId) {
    onAnswered.accept(requestId);
  }

  void endSession(SessionEnd why) {
    end.accept(why);
  }

  ListScan scan(GetTickets request, Snapshot snapshot) {
    return new ListScan(request, snapshot, agent, services.desk().lockTimes());
  }

  /** The parts of a list whose tickets are chosen. */
  AllTicketsParts parts(GetTickets request, Snapshot snapshot, ListScan scan, boolean reset) {
    return new AllTicketsParts(
        new ServerMessage.AllTickets(
            request.requestId(),
            scan.listed(),
            snapshot.revision(),
            journal().journalId(),
            false,
            reset,
            scan.total()),
        request.projection(),
        snapshot.encodings());
  }

  /** A slice of a job in a lane. */
  Slice slice(FairLane lane, FairLane.Job job) {
    return Slice.of(services.time()::nanos, lane.preempts(job));
  }

  /** An event of the journal, with the present remaining time of its lock. */
  SequencedEvent withRemaining(SequencedEvent event) {
    return services.desk().lockTimes().withRemaining(event);
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
