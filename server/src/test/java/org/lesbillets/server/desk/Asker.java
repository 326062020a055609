package org.lesbillets.server.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;
import org.lesbillets.server.desk.index.Standing;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.desk.request.Snapshot;

/** Somebody who asks, and keeps what they are answered. One thread. */
final class Asker implements Requester, Requester.Peer {
  private final AgentName agent;
  private final Role role;
  private final List<ServerMessage.Answer> answers = new ArrayList<>();
  private boolean gone;
  private boolean replaced;
  private boolean silent;
  private Runnable onArrival;
  private Runnable passOn;
  private UserPrincipal login;
  private int probes;
  private int looks;
  private boolean mayChange = true;

  Asker(String name, Role role) {
    this.agent = new AgentName(name);
    this.role = role;
  }

  /** Its connection is one of the server's socket. */
  Asker at(UserPrincipal user) {
    login = user;
    return this;
  }

  @Override
  public UserPrincipal login() {
    return login;
  }

  /** Whether its agent may still change tickets, from now on. */
  void mayChange(boolean may) {
    mayChange = may;
  }

  @Override
  public Standing standing() {
    return () -> CompletableFuture.completedFuture(mayChange);
  }

  /** All answers so far, in order. */
  List<ServerMessage.Answer> answers() {
    return List.copyOf(answers);
  }

  /** The request ids answered so far, in order. */
  List<String> answered() {
    return answers.stream().map(ServerMessage.Answer::requestId).toList();
  }

  /** The one answer to {@code requestId}. */
  ServerMessage.Answer to(String requestId) {
    List<ServerMessage.Answer> all =
        answers.stream().filter(a -> requestId.equals(a.requestId())).toList();
    if (all.size() != 1) {
      throw new AssertionError(
          requestId + " was answered " + all.size() + " times, of all " + answers);
    }
    return all.get(0);
  }

  ServerMessage.EventMessage event(String requestId) {
    if (to(requestId) instanceof ServerMessage.EventMessage event) {
      return event;
    }
    throw new AssertionError(requestId + " was answered by " + to(requestId));
  }

  ServerMessage.Rejected rejected(String requestId) {
    if (to(requestId) instanceof ServerMessage.Rejected rejected) {
      return rejected;
    }
    throw new AssertionError(requestId + " was answered by " + to(requestId));
  }

  RejectionCode code(String requestId) {
    return rejected(requestId).code();
  }

  void forget() {
    answers.clear();
  }

  /** Its connection is over. */
  void go() {
    gone = true;
  }

  /**
   * Its connection is over as soon as it has an answer.
   *
   * @param passOn has what was answered so far arrive
   */
  void goWhenAnswered(Runnable passOn) {
    this.passOn = passOn;
  }

  /** From now on nothing arrives from its peer. */
  void fallSilent() {
    silent = true;
  }

  /** Something arrives from its peer. */
  void speak() {
    silent = false;
    if (onArrival != null) {
      Runnable task = onArrival;
      onArrival = null;
      task.run();
    }
  }

  /** How often it was asked for a sign of life. */
  int probes() {
    return probes;
  }

  /** How often it was looked at whether something arrived from it. */
  int looks() {
    return looks;
  }

  @Override
  public Peer peer() {
    return this;
  }

  @Override
  public long quietNanos() {
    looks++;
    return silent ? Long.MAX_VALUE : 0;
  }

  @Override
  public void probe(Runnable onArrival) {
    this.onArrival = onArrival;
    probes++;
  }

  @Override
  public boolean isReplaced() {
    return replaced;
  }

  /** Its client has another connection. */
  void replace() {
    replaced = true;
    go();
  }

  @Override
  public boolean isGone() {
    if (passOn != null) {
      passOn.run();
      gone |= !answers.isEmpty();
    }
    return gone;
  }

  @Override
  public AgentName agent() {
    return agent;
  }

  @Override
  public Role role() {
    return role;
  }

  @Override
  public void answer(ServerMessage.Answer answer) {
    answers.add(answer);
  }

  @Override
  public void list(GetTickets request, Snapshot snapshot) {
    answers.add(listed(request, snapshot));
  }

  @Override
  public void watch(GetTickets request, Snapshot snapshot) {
    answers.add(listed(request, snapshot));
  }

  private static ServerMessage.AllTickets listed(GetTickets request, Snapshot snapshot) {
    int size = snapshot.tickets().size();
    return new ServerMessage.AllTickets(
        request.requestId(), snapshot.tickets(), snapshot.revision(), "j", false, false, size);
  }

  @Override
  public void details(GetTicket request, Ticket ticket) {
    answers.add(
        new ServerMessage.TicketDetails(request.requestId(), ticket, List.of(), null, false));
  }

  /** What the updater makes of it, without the detour over JSON. */
  void answered(Announcement.Answered a) {
    answers.add(new ServerMessage.EventMessage(a.event(), a.requestId(), a.repeated(), null));
  }

  @Override
  public void answer(String requestId, byte[] message) {
    answers.add((ServerMessage.Answer) decoded(message));
  }

  static ServerMessage decoded(byte[] json) {
    try {
      return MessageCodec.decodeServerMessage(new String(json, UTF_8));
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }
}
