package org.lesbillets.server.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.lesbillets.server.simulation.History.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;
import org.lesbillets.server.session.Frame;

/**
 * One client: connects, watches, resumes, asks, retries under its operation ids, renews its locks.
 * A model, on the wire's messages, of what the clients of {@code cli} do; those are tested against
 * real servers. One thread.
 *
 * <pre>
 *   AWAY --- connect ---> CONNECTING --- onConnected ---> CONNECTED
 *     ^                       | failed, 3 s                   | closed, 10 s of silence
 *     +---- pause ------------+-------------------------------+
 * </pre>
 */
final class SimulatedClient implements ServerMessage.Visitor {
  private static final long PING_EVERY = 4 * Scheduler.SECOND;
  private static final long SILENCE = 10 * Scheduler.SECOND;

  private final Scheduler scheduler;
  private final SimulatedNetwork network;
  private final History history;
  private final AgentName agent;
  private final Role role;
  private final View view;
  private final Work work;
  private final Map<String, Request> unanswered = new LinkedHashMap<>();
  private SimulatedConnection connection;
  private SimulatedConnection attempt;
  private boolean welcomed;
  private boolean stopped;
  private byte[] rest = {};
  private long heardAt;
  private long connectedAt;

  /** The message that is being taken. */
  private String taken;

  /** Counts the programs that were started. */
  private int program;

  /** What its earlier programs waited for when they ended, which the server may still grant. */
  private final List<Work.Operation> left = new ArrayList<>();

  private long requests;
  private int failures;
  private String pendingWatch;

  /**
   * A request under way on the present connection.
   *
   * @param operation whose attempt it is, or null
   */
  record Request(ClientMessage message, Work.Operation operation, long askedAt) {}

  /**
   * @param history to check answers and events against
   * @param query of its watch, null for everything
   */
  SimulatedClient(
      Scheduler scheduler,
      SimulatedNetwork network,
      History history,
      View.Profile profile,
      Role role) {
    this.scheduler = scheduler;
    this.network = network;
    this.history = history;
    this.agent = new AgentName(profile.name());
    this.role = role;
    this.view = new View(history, agent, profile);
    this.work = new Work(scheduler, history, this, profile);
  }

  boolean isAdmin() {
    return role == Role.ADMIN;
  }

  String name() {
    return agent.value();
  }

  AgentName agent() {
    return agent;
  }

  View view() {
    return view;
  }

  Work work() {
    return work;
  }

  SimulatedConnection connection() {
    return connection;
  }

  Map<String, Request> unanswered() {
    return unanswered;
  }

  /** When the request arrived that got this lock; Long.MAX_VALUE if that is not known. */
  long arrival(WireEvent.TicketLocked locked) {
    return Stream.concat(
            unanswered.values().stream().map(Request::operation),
            left.stream().filter(this::isHeld))
        .filter(one -> one != null && one.couldGet(locked.ticket().id(), locked.claimed()))
        .mapToLong(Work.Operation::arrivedAt)
        .min()
        .orElse(0);
  }

  /** The requests that wait for a lock on the ticket, as far as the client knows. */
  List<Work.Operation> waitsFor(TicketId ticket) {
    return unanswered.values().stream()
        .map(Request::operation)
        .filter(one -> one != null && one.patience() != null && ticket.equals(one.ticket()))
        .filter(one -> !one.isGranted())
        .toList();
  }

  /** The requests for any ticket that wait, as far as the client knows. */
  List<Request> waitsToClaim() {
    return unanswered.values().stream()
        .filter(one -> one.operation() != null && one.operation().isWaitingClaim())
        .toList();
  }

  List<Work.Operation> waitingClaims() {
    return waitsToClaim().stream().map(Request::operation).toList();
  }

  /** Whether the server has the request, and does not know that the connection is gone. */
  private boolean isHeld(Work.Operation one) {
    return one != null && one.arrivedOver() != null && !one.arrivedOver().isServerOver();
  }

  /** Closes its connection, and connects again. */
  void hangUp(boolean orderly) {
    connection.closeByClient(orderly);
    lost("hung up");
  }

  boolean isConnected() {
    return connection != null && welcomed;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Begins, and goes on for ever. */
  void start() {
    scheduler.after(scheduler.between(0, Scheduler.SECOND), this::connect);
    scheduler.after(PING_EVERY, this::beat);
  }

  /** SIGSTOP, or SIGCONT. */
  void stopped(boolean stop) {
    stopped = stop;
    heardAt = scheduler.nanos();
    if (connection != null) {
      connection.reading(!stop);
    }
    scheduler.trace(name() + (stop ? " stops" : " continues"));
  }

  /**
   * The program is killed, and started again without anything it knew, as another client.
   *
   * @param silently its machine goes with it, and tells nobody
   */
  void crash(boolean silently) {
    scheduler.trace(name() + (silently ? " vanishes" : " is killed"));
    stopped = false;
    program++;
    left.removeIf(one -> !isHeld(one));
    unanswered.values().stream().map(Request::operation).filter(this::isHeld).forEach(left::add);
    if (silently && connection != null) {
      connection.goSilent();
    }
    work.forget();
    view.forget();
    if (connection != null) {
      connection.closeByClient(false);
      lost("killed");
    }
  }

  // The connection.

  private void connect() {
    if (connection != null || attempt != null) {
      return;
    }
    if (stopped) {
      scheduler.after(Scheduler.SECOND, this::connect);
      return;
    }
    UUID id = UUID.nameUUIDFromBytes((name() + program).getBytes(UTF_8));
    attempt = network.connect(this, agent, role, id);
    scheduler.trace(name() + " connects");
  }

  /** The attempt is refused, is over before it came to anything, or takes too long. */
  void onConnectFailed(SimulatedConnection failed) {
    if (failed == attempt) {
      attempt = null;
      failed.closeByClient(false);
      failures++;
      connectLater();
    }
  }

  private void connectLater() {
    long most = Math.min(4 * Scheduler.SECOND, (Scheduler.SECOND / 4) << Math.min(failures, 6));
    scheduler.after(scheduler.between(0, most), this::connect);
  }

  void onConnected(SimulatedConnection established) {
    if (established != attempt) {
      established.closeByClient(false);
      return;
    }
    attempt = null;
    connection = established;
    connectedAt = scheduler.nanos();
    connection.reading(!stopped);
    welcomed = false;
    rest = new byte[0];
    heardAt = scheduler.nanos();
    scheduler.trace(name() + " is connected");
  }

  void onClosed(SimulatedConnection closed) {
    if (closed == connection) {
      lost("closed");
    } else {
      onConnectFailed(closed);
    }
  }

  private void lost(String why) {
    scheduler.trace(name() + " lost its connection: " + why);
    connection = null;
    welcomed = false;
    view.disconnected();
    List<Request> open = new ArrayList<>(unanswered.values());
    unanswered.clear();
    open.stream().filter(one -> one.operation() != null).forEach(one -> work.lost(one.operation()));
    connectLater();
  }

  /** Pings, and gives up a connection on which nothing arrives. */
  private void beat() {
    scheduler.after(PING_EVERY, this::beat);
    if (connection == null || stopped) {
      return;
    }
    if (scheduler.nanos() - heardAt > SILENCE) {
      connection.closeByClient(false);
      lost("silence");
    } else {
      connection.sendControl(true);
    }
  }

  void onPong(SimulatedConnection from) {
    if (from == connection) {
      heardAt = scheduler.nanos();
    }
  }

  // What is sent.

  String newRequestId() {
    return "r" + ++requests;
  }

  /** Sends a request whose id is its own. */
  void ask(ClientMessage message, Work.Operation operation) {
    Request request = new Request(message, operation, scheduler.nanos());
    unanswered.put(message.requestId(), request);
    if (scheduler.isTraced()) {
      scheduler.trace(name() + " asks " + MessageCodec.encode(message));
    }
    SimulatedConnection over = connection;
    over.send(
        MessageCodec.encode(message),
        () -> {
          if (operation != null) {
            operation.arrived(over, scheduler.nanos());
          }
        });
  }

  private void watch() {
    if (view.watches()) {
      pendingWatch = newRequestId();
      ask(view.request(pendingWatch), null);
    }
  }

  // What arrives.

  void onBytes(SimulatedConnection from, byte[] bytes) {
    if (from != connection) {
      return;
    }
    heardAt = scheduler.nanos();
    ByteBuffer all = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
    List<Frame> frames = Frame.read(all);
    rest = new byte[all.remaining()];
    all.get(rest);
    for (Frame frame : frames) {
      if (connection == from) {
        take(frame);
      }
    }
  }

  private void take(Frame frame) {
    switch (frame.opcode()) {
      case Frame.TEXT -> takeText(frame.text());
      case Frame.PING -> connection.sendControl(false);
      case Frame.CLOSE -> {
        connection.closeByClient(true);
        lost("close " + frame.closeCode());
      }
      default -> check(false, () -> "a frame " + frame.opcode());
    }
  }

  private void takeText(String text) {
    taken = text;
    history.secrets().arrived(text, connectedAt, name());
    try {
      MessageCodec.decodeServerMessage(text).accept(this);
    } catch (WireFormatException e) {
      throw new BrokenInvariantException("not decodable: " + text, e);
    }
  }

  private Request answered(String requestId, String kind) {
    Request request = unanswered.remove(requestId);
    check(
        request != null,
        () -> name() + " was answered what it did not ask, or twice: " + requestId + " " + kind);
    history.secrets().arrived(taken, request.askedAt(), name());
    if (scheduler.isTraced()) {
      scheduler.trace(name() + " has for " + requestId + " " + kind);
    }
    return request;
  }

  @Override
  public void onWelcome(ServerMessage.Welcome message) {
    check(!welcomed, () -> "two welcomes");
    welcomed = true;
    failures = 0;
    view.journal(message.journalId());
    watch();
    work.connected();
  }

  @Override
  public void onAllTickets(ServerMessage.AllTickets message) {
    if (!message.more()) {
      answered(message.requestId(), "AllTickets " + message.revision());
    }
    if (message.requestId().equals(pendingWatch)) {
      view.snapshot(message);
    }
  }

  @Override
  public void onResumed(ServerMessage.Resumed message) {
    answered(message.requestId(), "Resumed " + message.revision());
    check(message.requestId().equals(pendingWatch), () -> "resumed, unasked");
    view.resumed(message);
  }

  @Override
  public void onTicketDetails(ServerMessage.TicketDetails message) {
    answered(message.requestId(), "TicketDetails");
  }

  @Override
  public void onPong(ServerMessage.Pong message) {
    answered(message.requestId(), "Pong");
  }

  @Override
  public void onAdmin(AdminAnswer message) {
    answered(message.requestId(), "Sessions");
    message.accept(this::kick);
  }

  /** Ends one of the sessions, that of another client. */
  private void kick(AdminAnswer.Sessions all) {
    List<AdminAnswer.Session> others =
        all.sessions().stream().filter(one -> !one.agent().equals(agent)).toList();
    if (!others.isEmpty()) {
      AdminMessage kick =
          new AdminMessage.KickSession(newRequestId(), scheduler.pick(others).id(), "enough");
      ask(kick, null);
    }
  }

  @Override
  public void onRejected(ServerMessage.Rejected message) {
    Request request = answered(message.requestId(), message.code() + " " + message.message());
    if (request.operation() != null) {
      work.rejected(request, message.code());
    } else if (request.message() instanceof ClientMessage.GetTickets) {
      connection.closeByClient(false);
      lost("its watch was refused");
    }
  }

  @Override
  public void onEvent(ServerMessage.EventMessage message) {
    if (message.requestId() == null) {
      view.pushed(message);
    } else {
      String kind = message.type() + " " + message.event().revision();
      Request request = answered(message.requestId(), kind);
      view.answered(message);
      work.done(request, message);
    }
  }

  @Override
  public void onPosition(ServerMessage.Position message) {
    view.position(message);
  }

  @Override
  public void onMatch(ServerMessage.TicketMatch message) {
    view.matched(message);
  }

  @Override
  public void onDraining(ServerMessage.Draining message) {
    // It stays until it is closed.
  }

  @Override
  public void onUnknown(ServerMessage.UnknownMessage message) {
    check(false, () -> "unknown message " + message.type());
  }
}
