package org.lesbillets.server.session;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.SessionInfo;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.desk.Requester;
import org.lesbillets.server.desk.Snapshot;
import org.lesbillets.server.session.SessionFeed.Chunk;

/**
 * One connected client.
 *
 * <p>Any thread may answer it; what it is sent is put in order, and written, by the drainer's
 * thread. Bounded by its outbox, the requests it may have under way, and one part in the making;
 * when it goes beyond, or stalls, it is cut: it may come back and resume.
 */
public final class ClientSession implements Requester {
  private final String id;
  private final SessionOrigin origin;
  private final SessionTransport transport;
  private final SessionServices services;
  private final Outbox outbox;
  private final SessionFeed feed;
  private final SessionWriter writer;
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile long heardNanos;
  private volatile FilteredWatch filtered;
  private long pingedNanos;
  private boolean closing;
  private boolean over;
  private boolean released;

  ClientSession(
      String id, SessionOrigin origin, SessionTransport transport, SessionServices services) {
    this.id = id;
    this.origin = origin;
    this.transport = transport;
    this.services = services;
    this.outbox = new Outbox(services.limits().outboxBytes());
    this.feed = new SessionFeed(services.log(), outbox, this::produce);
    this.writer = new SessionWriter(transport, services.drainer(), new WriteEnd());
    this.heardNanos = services.time().nanos();
    this.pingedNanos = heardNanos;
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
    heardNanos = services.time().nanos();
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
    send(WebSocketFrames.text(MessageCodec.encodeUtf8(message)), Outbox.NOW);
  }

  @Override
  public void answer(ServerMessage.Answer answer) {
    unanswered.decrementAndGet();
    refuse(answer);
  }

  @Override
  public void answer(EventJson event, String requestId, boolean repeated) {
    unanswered.decrementAndGet();
    send(WebSocketFrames.text(event.answer(requestId, repeated)), services.log().head());
  }

  /** Sends a frame of a filtered watch. The updater's thread. */
  void push(byte[] json) {
    send(WebSocketFrames.text(json), Outbox.NOW);
  }

  private void send(byte[] frames, long position) {
    if (outbox.add(frames, position)) {
      services.drainer().post(this::pump);
    } else {
      services.drainer().post(() -> cut("its outbox is full"));
    }
  }

  @Override
  public void list(GetTickets request, Snapshot snapshot) {
    post(TicketListParts.plain(request, snapshot, new ReadsOf(this, services)));
  }

  @Override
  public void details(GetTicket request, Ticket ticket) {
    post(new DetailsPart(request, ticket, new ReadsOf(this, services)));
  }

  @Override
  public void watch(GetTickets request, Snapshot snapshot) {
    FilteredWatch old = filtered;
    if (old != null) {
      old.end();
    }
    boolean all = request.query() == null || request.query().isAll();
    filtered = all || !request.watch() ? null : new FilteredWatch(this, request.query());
    post(
        request.watch()
            ? new WatchParts(request, snapshot, filtered, new ReadsOf(this, services))
            : TicketListParts.endingWatch(request, snapshot, new ReadsOf(this, services)));
  }

  /** A filtered watch that could not go live has to catch up further. The updater's thread. */
  void catchUp(FilteredWatch watch, long revision) {
    post(WatchParts.further(watch, revision, new ReadsOf(this, services)));
  }

  private void post(PartSource source) {
    services
        .drainer()
        .post(
            () -> {
              if (!over) {
                feed.add(source);
              }
            });
  }

  private void produce(PartSource source) {
    try {
      services.workers().execute(() -> make(source));
    } catch (RejectedExecutionException e) {
      services.drainer().post(() -> cut("the server has too much to read for it"));
    }
  }

  /** Makes a part. A worker's thread. */
  private void make(PartSource source) {
    PartSource.Part part = source.next();
    services
        .drainer()
        .post(
            () -> {
              if (!over) {
                feed.made(source, part);
                pump();
              }
            });
  }

  /** The list or the details of a request are made. A worker's thread. */
  void answered() {
    unanswered.decrementAndGet();
  }

  /** Writes as long as there is something to write and the transport takes it. The drainer's. */
  void pump() {
    while (!over && writer.isIdle()) {
      Chunk chunk = feed.next();
      if (chunk == null) {
        if (feed.isLost()) {
          cut("it fell too far behind");
        }
        return;
      }
      writer.write(chunk, services.time().nanos());
    }
  }

  private final class WriteEnd implements SessionWriter.Listener {
    @Override
    public void written(Chunk chunk) {
      if (over) {
        release();
        return;
      }
      feed.written(chunk);
    }

    @Override
    public void idleAgain() {
      pump();
    }

    @Override
    public void failed() {
      cut("its connection failed");
      release();
    }
  }

  /** Looks whether it stalls, fell behind, or fell silent. The drainer's thread. */
  void tick(long now) {
    SessionLimits limits = services.limits();
    if (writer.stalledNanos(now) > limits.stall().toNanos()) {
      cut("a write to it made no progress for " + limits.stall().toSeconds() + " s");
    } else if (feed.isLost()) {
      cut("it fell too far behind");
    } else if (now - heardNanos > limits.silence().toNanos()) {
      cut("it was silent for " + limits.silence().toSeconds() + " s");
    } else if (now - pingedNanos > limits.pingEvery().toNanos()) {
      pingedNanos = now;
      send(WebSocketFrames.ping(), Outbox.NOW);
    }
  }

  /** Asks the peer to close, after everything it is still to be sent. Any thread. */
  void close(int code, String reason) {
    services
        .drainer()
        .post(
            () -> {
              if (!over && !closing) {
                closing = true;
                send(WebSocketFrames.close(code, reason), Outbox.NOW);
              }
            });
  }

  /** Its connection is gone, or is to go. Any thread. */
  public void end(String reason) {
    services.drainer().post(() -> cut(reason));
  }

  /** Begins to be written to. The drainer's thread. */
  void begin() {
    services.drainer().add(this);
    pump();
  }

  /** Drops the connection and lets go of everything. The drainer's thread. */
  private void cut(String reason) {
    if (over) {
      return;
    }
    over = true;
    FilteredWatch watch = filtered;
    if (watch != null) {
      watch.end();
    }
    services.drainer().remove(this);
    services.onOver().over(this, reason);
    transport.cut();
    if (writer.isIdle()) {
      release();
    }
  }

  /** Only when no write is in flight: the bytes of one are still being read. */
  private void release() {
    if (!released) {
      released = true;
      feed.close();
    }
  }

  /** What an admin is shown of it. The drainer's thread. */
  SessionInfo info() {
    return new SessionInfo(
        id,
        origin.agent(),
        origin.role(),
        transport.remote(),
        origin.connectedAt(),
        feed.isWatching() || filtered != null,
        feed.lagBytes());
  }
}
