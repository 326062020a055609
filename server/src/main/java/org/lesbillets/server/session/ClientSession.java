package org.lesbillets.server.session;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.desk.Peer;
import org.lesbillets.server.desk.Requester;
import org.lesbillets.server.desk.Snapshot;
import org.lesbillets.server.session.SessionFeed.PendingWrite;

/**
 * One connected client. Any thread may answer it; what it is sent is put in order, and written, by
 * the drainer's thread. Bounded by its outbox, the requests it may have under way, and one part in
 * the making; when it goes beyond, or stalls, it is cut: it may come back and resume.
 */
public final class ClientSession implements Requester {
  private final String id;
  private final SessionOrigin origin;
  private final SessionTransport transport;
  private final SessionServices services;
  private final OutboxSender outboxSender;
  private final SessionFeed feed;
  private final SessionWriter writer;
  private final AtomicInteger unanswered = new AtomicInteger();
  private final LivenessMonitor liveness;
  private volatile FilteredWatch filtered;
  private volatile boolean closing;
  private volatile boolean over;

  ClientSession(
      String id, SessionOrigin origin, SessionTransport transport, SessionServices services) {
    this.id = id;
    this.origin = origin;
    this.transport = transport;
    this.services = services;
    Outbox outbox = new Outbox(services.limits().outboxBytes());
    Sending sending = new Sending();
    this.outboxSender = new OutboxSender(outbox, services.log(), services.drainer(), sending);
    ChunkProducer maker = new ChunkProducer(services.workers(), services.drainer(), sending);
    this.feed = new SessionFeed(services.log(), outbox, maker::make);
    this.writer = new SessionWriter(transport, services.drainer(), sending);
    this.liveness = new LivenessMonitor(services, this::ping);
  }

  /** Names it to admins and in the log. */
  public String id() {
    return id;
  }

  SessionOrigin origin() {
    return origin;
  }

  @Override
  public AgentName agent() {
    return origin.agent();
  }

  @Override
  public Role role() {
    return origin.role();
  }

  /** The peer sent something, if only a pong. Any thread. */
  public void heard() {
    liveness.heard();
  }

  /** Whether it was asked to close: what it still says is not heard. Any thread. */
  public boolean isClosing() {
    return closing;
  }

  /**
   * Counts a request that will be answered.
   *
   * @return false if too many are under way: it is to be refused with {@link #refuse}
   */
  public boolean admitRequest() {
    if (unanswered.incrementAndGet() <= services.limits().unanswered()) {
      return true;
    }
    unanswered.decrementAndGet();
    return false;
  }

  /** Says something that answers no admitted request. Any thread. */
  public void refuse(ServerMessage message) {
    outboxSender.send(MessageCodec.encodeUtf8(message));
  }

  @Override
  public boolean isGone() {
    return over;
  }

  @Override
  public Peer peer() {
    return liveness;
  }

  private void ping() {
    if (!closing) {
      feed.ping();
      pump();
    }
  }

  @Override
  public void answer(ServerMessage.Answer answer) {
    unanswered.decrementAndGet();
    refuse(answer);
  }

  @Override
  public void answer(EventJson event, String requestId, boolean repeated) {
    unanswered.decrementAndGet();
    outboxSender.answer(event.answer(requestId, repeated), filtered);
  }

  /** What is for this session alone goes through here. */
  OutboxSender outboxSender() {
    return outboxSender;
  }

  @Override
  public void list(GetTickets request, Snapshot snapshot) {
    post(TicketListChunks.plain(request, snapshot, new SessionReader(this, services)));
  }

  @Override
  public void details(GetTicket request, Ticket ticket) {
    post(new TicketDetailsChunk(request, ticket, new SessionReader(this, services)));
  }

  @Override
  public void watch(GetTickets request, Snapshot snapshot) {
    FilteredWatch old = filtered;
    if (old != null) {
      old.end();
    }
    List<byte[]> held = old == null ? List.of() : old.takeHeld();
    boolean all = request.query() == null || request.query().isAll();
    filtered = all || !request.watch() ? null : new FilteredWatch(this, request.query());
    post(
        request.watch()
            ? new CatchUp(request, snapshot, filtered, new SessionReader(this, services))
            : TicketListChunks.endingWatch(request, snapshot, new SessionReader(this, services)));
    if (!held.isEmpty()) {
      services.drainer().post(() -> outboxSender.sendHeld(held));
    }
  }

  /** A filtered watch that could not go live has to catch up further. The updater's thread. */
  void catchUp(FilteredWatch watch, long revision) {
    post(CatchUp.further(watch, revision, new SessionReader(this, services)));
  }

  private void post(ChunkSource source) {
    services.drainer().post(() -> feed.add(source));
  }

  /** The list or the details of a request are made. A worker's thread. */
  void answered() {
    unanswered.decrementAndGet();
  }

  /** Writes as long as there is something to write and the transport takes it. The drainer's. */
  void pump() {
    while (!over && writer.isIdle()) {
      PendingWrite chunk = feed.next();
      if (chunk == null) {
        return;
      }
      writer.write(chunk, services.time().nanos());
    }
  }

  /** What the session's parts tell it. The drainer's thread. */
  private final class Sending
      implements OutboxSender.Sender, ChunkProducer.Taker, SessionWriter.Listener {
    @Override
    public void pump() {
      ClientSession.this.pump();
    }

    @Override
    public void cut(String reason) {
      ClientSession.this.cut(reason);
    }

    @Override
    public void made(ChunkSource source, ChunkSource.Chunk part) {
      if (!over) {
        feed.made(source, part);
        pump();
      }
    }

    @Override
    public void written(PendingWrite chunk) {
      if (over) {
        feed.close();
      } else {
        feed.written(chunk);
      }
    }

    @Override
    public void idleAgain() {
      liveness.took();
      pump();
    }

    @Override
    public void failed() {
      cut("its connection failed");
      feed.close();
    }
  }

  /** Looks how it does, after a pause of this process of {@code missedNanos}. The drainer's. */
  void tick(long now, long missedNanos) {
    liveness.forgive(missedNanos);
    writer.forgive(missedNanos);
    if (writer.takesBytes(now)) {
      // Who takes bytes is there, even if a ping has to wait behind those bytes.
      liveness.took();
    }
    long stalledNanos = writer.stalledNanos(now);
    String trouble = feed.isLost() ? "it fell too far behind" : liveness.trouble(now, stalledNanos);
    if (trouble != null) {
      cut(trouble);
    } else if (liveness.isPingDue(now)) {
      ping();
    }
  }

  /** Asks the peer to close, after everything it is still to be sent. Any thread. */
  public void close(int code, String reason) {
    services.drainer().post(() -> sayFarewell(WebSocketFrames.close(code, reason)));
  }

  private void sayFarewell(byte[] close) {
    if (!over && !closing) {
      closing = true;
      liveness.closing();
      feed.farewell(close);
      pump();
    }
  }

  /** Its connection is gone, or is to go. Any thread. */
  public void end(String reason) {
    services.drainer().post(() -> cut(reason));
  }

  /**
   * It was closed in good order: what was written leaves before its connection goes. Any thread.
   */
  public void leave(String reason) {
    services.drainer().post(() -> finish(reason, transport::leave));
  }

  /** Begins to be written to. The drainer's thread. */
  void begin() {
    services.drainer().add(this);
    pump();
  }

  /** Drops the connection and lets go of everything. The drainer's thread. */
  private void cut(String reason) {
    finish(reason, transport::cut);
  }

  private void finish(String reason, Runnable ofConnection) {
    if (over) {
      return;
    }
    over = true;
    feed.end();
    if (filtered != null) {
      filtered.end();
    }
    services.drainer().remove(this);
    services.onOver().over(this, reason);
    ofConnection.run();
    // The bytes of a write in flight are still being read: its end lets go of them.
    if (writer.isIdle()) {
      feed.close();
    }
  }
}
