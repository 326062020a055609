package org.lesbillets.server.session;

import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.desk.index.Standing;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.desk.request.Snapshot;
import org.lesbillets.server.session.SessionFeed.PendingWrite;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;

/**
 * One connected client. Any thread answers it; the drainer's thread orders and writes.
 *
 * <pre>
 *   OPEN --- close: close frame queued ---> CLOSING --- peer closes, or 5 s ---> OVER
 *     |                                                                           ^
 *     +---- bound exceeded, stall, silence, connection lost: cut -----------------+
 * </pre>
 *
 * <p>Bounded by its unanswered requests, the answers it has yet to read ({@link RequestGate}), and
 * one chunk in the making. A client that is cut may reconnect and resume.
 */
public final class ClientSession implements Requester {
  private final String id;
  private final SessionOrigin origin;
  private final SessionTransport transport;
  private final SessionServices services;
  private final Callbacks callbacks = new Callbacks();
  private final SessionReader reader;
  private final Outbox outbox;
  private final SessionFeed feed;
  private final SessionWatch watch;
  private final SessionWriter writer;
  private final RequestGate gate;
  private final LivenessMonitor liveness;
  private final AtomicBoolean kicked = new AtomicBoolean();
  private volatile boolean closing;
  private volatile boolean replaced;
  private volatile boolean over;

  ClientSession(
      String id, SessionOrigin origin, SessionTransport transport, SessionServices services) {
    this.id = id;
    this.origin = origin;
    this.transport = transport;
    this.services = services;
    this.gate = new RequestGate(services.limits(), services.time(), services.memory().open());
    this.reader = new SessionReader(this, services, gate::answered, this::end);
    this.outbox =
        new Outbox(
            services.limits().answers().outboxBytes(),
            services.log(),
            services.drainer(),
            callbacks);
    this.feed =
        new SessionFeed(services.log(), outbox, source -> reader.produce(source, this::made));
    this.watch = new SessionWatch(reader, outbox, this::add);
    this.writer = new SessionWriter(transport, services.drainer(), callbacks);
    this.liveness = new LivenessMonitor(services, this::ping);
  }

  /** The session's name in the log. */
  public String id() {
    return id;
  }

  SessionOrigin origin() {
    return origin;
  }

  /** The session as an administrator sees it. Any thread. */
  AdminAnswer.Session report() {
    long behind = feed.lagBytes() + gate.unreadBytes();
    return new AdminAnswer.Session(
        id, agent(), role(), transport.remote(), liveness.since(), behind);
  }

  @Override
  public AgentName agent() {
    return origin.agent();
  }

  @Override
  public Role role() {
    return origin.role();
  }

  @Override
  public UserPrincipal login() {
    return origin.login();
  }

  /** Keeps nothing of the session but whether it was kicked. */
  @Override
  public Standing standing() {
    return standing(origin, kicked);
  }

  private static Standing standing(SessionOrigin origin, AtomicBoolean kicked) {
    return () -> kicked.get() ? CompletableFuture.completedFuture(false) : origin.stands();
  }

  /** Asks its client to close, and to stay away; its locks are not renewed for it any more. */
  void kick(int code, String reason) {
    kicked.set(true);
    close(code, reason);
  }

  /** Notes that bytes of the peer arrived, if only a pong. Any thread. */
  public void arrived() {
    liveness.arrived();
  }

  /** Whether the peer was asked to close: further requests are ignored. Any thread. */
  public boolean isClosing() {
    return closing || replaced;
  }

  @Override
  public boolean isReplaced() {
    return replaced;
  }

  /** Whether its client began this connection before that of another session of the client. */
  boolean isEarlierThan(ClientSession other) {
    return origin.client().number() < other.origin.client().number();
  }

  /** Whether it has ended; the registry removes it then, or has done so. Any thread. */
  boolean isOver() {
    return over;
  }

  /** Ends it: its client has a new session, and asks there what matters. Any thread. */
  void replace() {
    replaced = true;
    end(SessionEnd.REPLACED);
  }

  /** Admits its requests. Any thread. */
  public RequestGate gate() {
    return gate;
  }

  /** Sends a message that answers no admitted request. Any thread. */
  public void refuse(ServerMessage message) {
    services.measures().sent(message);
    outbox.send(MessageCodec.encodeUtf8(message), Outbox.Kind.REFUSAL);
  }

  @Override
  public boolean isGone() {
    return over || replaced || closing;
  }

  @Override
  public Peer peer() {
    return liveness;
  }

  @Override
  public void answer(ServerMessage.Answer answer) {
    gate.answered(answer.requestId());
    services.measures().sent(answer);
    outbox.send(MessageCodec.encodeUtf8(answer), Outbox.Kind.ANSWER);
  }

  @Override
  public void answer(String requestId, byte[] message) {
    gate.answered(requestId);
    if (!watch.holdsBack(message)) {
      outbox.sendAfterLog(message);
    }
  }

  @Override
  public void list(GetTickets request, Snapshot snapshot) {
    add(new CatchUp(request, snapshot, null, reader));
  }

  @Override
  public void details(GetTicket request, Ticket ticket) {
    add(new TicketDetailsChunk(request, ticket, reader));
  }

  @Override
  public void watch(GetTickets request, Snapshot snapshot) {
    List<byte[]> held = watch.begin(request, snapshot);
    services.drainer().post(() -> outbox.sendHeld(held));
  }

  private void add(ChunkSource source) {
    services.drainer().post(() -> feed.add(source));
  }

  private void made(ChunkSource source, ChunkSource.Chunk chunk) {
    if (!over) {
      gate.holds(Outbox.Kind.ANSWER, chunk == null ? 0 : chunk.frames().length);
      feed.made(source, chunk);
      if (feed.follows()) {
        services.drainer().follow(callbacks);
      }
      callbacks.pump();
    }
  }

  private void ping() {
    if (!closing) {
      feed.ping();
      callbacks.pump();
    }
  }

  /** Callbacks of the session's parts, on the drainer's thread. */
  private final class Callbacks implements Drainer.Client, Outbox.Consumer, SessionWriter.Listener {
    /** Writes while there is something to write and the transport is free. */
    @Override
    public void pump() {
      while (!over && writer.isIdle()) {
        PendingWrite next = feed.next();
        if (next == null) {
          return;
        }
        writer.write(next, services.time().nanos());
      }
    }

    @Override
    public boolean follows() {
      return feed.follows();
    }

    @Override
    public void tick(long now) {
      ClientSession.this.tick(now);
    }

    @Override
    public void counted(Outbox.Kind kind, int change) {
      gate.holds(kind, change);
    }

    @Override
    public void cut(SessionEnd why) {
      finish(why, transport::cut);
    }

    @Override
    public void written(PendingWrite write) {
      if (over) {
        feed.close();
      } else {
        gate.holds(Outbox.Kind.ANSWER, write.isChunk() ? -write.length() : 0);
        feed.written(write);
      }
    }

    @Override
    public void idleAgain(boolean waited) {
      liveness.wrote(waited);
      pump();
    }

    @Override
    public void failed() {
      cut(SessionEnd.CONNECTION_FAILED);
      feed.close();
    }
  }

  /** See {@link Drainer.Client#tick}. */
  void tick(long now) {
    gate.resumeIfReadable();
    // A peer that takes bytes is alive, even if its ping is queued behind those bytes; and nothing
    // can arrive from one that is not read from.
    if (writer.madeProgress(now) || gate.isSuspended()) {
      liveness.tookBytes();
    }
    long stalledNanos = writer.stalledNanos(now);
    SessionEnd trouble = feed.isLost() ? SessionEnd.BEHIND : liveness.trouble(now, stalledNanos);
    if (trouble != null) {
      callbacks.cut(trouble);
    } else if (liveness.isDrained(origin.administers(), now)) {
      close(SessionRegistry.SERVICE_RESTART, "the server is drained");
    } else if (liveness.isPingDue(now)) {
      ping();
    }
  }

  /** Sends what is queued, then a close frame. Any thread. */
  public void close(int code, String reason) {
    services.drainer().post(() -> beginClose(WebSocketFrames.close(code, reason)));
  }

  private void beginClose(byte[] closeFrame) {
    if (!over && !closing) {
      closing = true;
      services.onOver().closing(this);
      liveness.closing();
      feed.closeWith(closeFrame);
      callbacks.pump();
    }
  }

  /** Cuts the connection, or acknowledges that it is lost. Any thread. */
  public void end(SessionEnd why) {
    services.drainer().post(() -> callbacks.cut(why));
  }

  /** Ends after an orderly close: what was written leaves first. Any thread. */
  public void leave(SessionEnd why) {
    services.drainer().post(() -> finish(why, transport::leave));
  }

  /** Starts writing, unless the welcome could not be written. The drainer's thread. */
  void begin() {
    if (!over) {
      services.drainer().add(callbacks);
      callbacks.pump();
    }
  }

  /** Ends the session and releases what it holds. The drainer's thread. */
  private void finish(SessionEnd why, Runnable closeConnection) {
    if (over) {
      return;
    }
    over = true;
    gate.close();
    feed.end();
    watch.end();
    services.drainer().remove(callbacks);
    services.measures().ended(why);
    services.onOver().over(this, why);
    closeConnection.run();
    // The transport still reads the bytes of a write in flight: its callback releases them.
    if (writer.isIdle()) {
      feed.close();
    }
  }
}
