package org.lesbillets.server.simulation;

import static org.lesbillets.server.simulation.History.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/**
 * What one client asks for: changes of every kind, each retried under its operation id until it is
 * answered for good, and the locks it holds, which it renews, releases or forgets. One thread.
 */
final class Work {
  private static final int MOST_OPERATIONS = 4;
  private static final int TICKETS = 8;

  /** Queries of claims; the empty one for any ticket. */
  private static final List<String> CLAIMED =
      List.of("", "", "tag:t1", "-tag:t2", "priority:high", "agent1", "age:>5s", "updated:<20s");

  private final Scheduler scheduler;
  private final History history;
  private final SimulatedClient client;
  private final View.Profile profile;
  private final List<Operation> waiting = new ArrayList<>();

  /** All there were, of earlier programs too. */
  private final Map<UUID, Operation> operations = new HashMap<>();

  private final Map<Long, Hold> holds = new LinkedHashMap<>();
  private int underWay;
  private int generation;
  private long effects;
  private boolean resting;

  /** One change, over all its attempts. */
  static final class Operation {
    private final ClientMessage.Change change;
    private final TicketId ticket;
    private final int generation;
    private final long firstAskedAt;
    private LockWait patience;
    private SimulatedConnection arrivedOver;
    private long firstArrivedAt = Long.MAX_VALUE;
    private long arrivedAt;
    private boolean cancelled;
    private boolean over;
    private boolean granted;

    Operation(ClientMessage.Change change, TicketId ticket, int generation, long now) {
      this.change = change;
      this.ticket = ticket;
      this.generation = generation;
      this.firstAskedAt = now;
      this.patience = change instanceof ClientMessage.WaitableChange waits ? waits.waiting() : null;
    }

    /** The request of an attempt, which waits for what is left of the time. */
    ClientMessage.Change attempt(String requestId, long now) {
      if (change instanceof ClientMessage.WaitableChange waits
          && waits.waiting() != null
          && waits.waiting().atMost() != null) {
        Duration left = waits.waiting().atMost().minusNanos(now - firstAskedAt);
        patience = left.compareTo(Duration.ofMillis(1)) < 0 ? null : new LockWait(left);
        return waits.queued(patience).identified(requestId, id());
      }
      return change.identified(requestId, id());
    }

    UUID id() {
      return change.operationId();
    }

    TicketId ticket() {
      return ticket;
    }

    /** An attempt has reached the server's process. */
    void arrived(SimulatedConnection connection, long now) {
      arrivedOver = connection;
      arrivedAt = now;
      firstArrivedAt = Math.min(firstArrivedAt, now);
    }

    long firstArrivedAt() {
      return firstArrivedAt;
    }

    /** When its wait is over, by the last attempt; Long.MAX_VALUE for never. */
    long deadline() {
      Duration most = patience == null ? Duration.ZERO : patience.atMost();
      return most == null ? Long.MAX_VALUE : arrivedAt + most.toNanos();
    }

    /** Whether it waits for any ticket that its query matches. */
    boolean isWaitingClaim() {
      return change instanceof ClientMessage.ClaimTicket
          && patience != null
          && !granted
          && !cancelled;
    }

    /** The query of a claim; null for any ticket. */
    TicketQuery query() {
      return ((ClientMessage.ClaimTicket) change).query();
    }

    boolean isOver() {
      return over || cancelled;
    }

    void cancelled() {
      cancelled = true;
    }

    SimulatedConnection arrivedOver() {
      return arrivedOver;
    }

    long arrivedAt() {
      return arrivedAt;
    }

    /** Whether it may be the one that such a lock was granted to. */
    boolean couldGet(TicketId locked, boolean claimed) {
      return claimed
          ? change instanceof ClientMessage.ClaimTicket
          : change instanceof ClientMessage.LockTicket lock
              && lock.token() == null
              && locked.equals(ticket);
    }

    /** The lock was granted: the answer may still be under way. */
    void granted() {
      granted = true;
    }

    boolean isGranted() {
      return granted;
    }

    /** How long its last attempt may wait; null if it may not. */
    LockWait patience() {
      return patience;
    }

    @Override
    public String toString() {
      return change + " arrived at " + arrivedAt / 1e9;
    }
  }

  /** A lock that the client holds, as far as it knows. */
  static final class Hold {
    private final TicketId ticket;
    private final long number;
    private final long token;
    private final Duration ttl;
    private final boolean claimed;
    private final long releaseAt;
    private final boolean renews;
    private long validUntil;
    private long renewAt;

    Hold(Ticket locked, long validUntil, long releaseAt, boolean renews) {
      TicketLock lock = locked.lock();
      this.ticket = locked.id();
      this.number = locked.number();
      this.token = lock.token();
      this.ttl = lock.ttl();
      this.claimed = lock.kind().isClaim();
      this.validUntil = validUntil;
      this.releaseAt = releaseAt;
      this.renews = renews;
    }

    long token() {
      return token;
    }

    long validUntil() {
      return validUntil;
    }
  }

  Work(Scheduler scheduler, History history, SimulatedClient client, View.Profile profile) {
    this.scheduler = scheduler;
    this.history = history;
    this.client = client;
    this.profile = profile;
  }

  /** The locks it believes to hold, by token. */
  Map<Long, Hold> holds() {
    return holds;
  }

  /** Whether nothing is under way, and nothing is held. */
  boolean isDone() {
    return underWay == 0 && waiting.isEmpty() && holds.isEmpty();
  }

  /** From now on it only finishes what it began. */
  void rest() {
    resting = true;
  }

  /** The operation with an id, over all programs. */
  Optional<Operation> operation(UUID id) {
    return Optional.ofNullable(id).map(operations::get);
  }

  void forget() {
    generation++;
    underWay = 0;
    waiting.clear();
    holds.clear();
  }

  void connected() {
    List<Operation> again = List.copyOf(waiting);
    waiting.clear();
    again.forEach(this::attempt);
  }

  /** Raises a trouble that others may raise at the same time. */
  void raise(String key) {
    if (mayBegin()) {
      begin(raised(key));
    }
  }

  private boolean mayBegin() {
    return !resting
        && profile.works()
        && underWay < MOST_OPERATIONS
        && client.isConnected()
        && !client.isStopped();
  }

  /** Does something, if it is connected; called every now and then. */
  void act() {
    if (client.isStopped()) {
      return;
    }
    holds.values().removeIf(hold -> hold.validUntil < scheduler.nanos() && !hold.renews);
    if (!client.isConnected()) {
      return;
    }
    List.copyOf(holds.values()).forEach(this::tend);
    List<SimulatedClient.Request> claims = client.waitsToClaim();
    if (!claims.isEmpty() && (resting || scheduler.once(25))) {
      cancel(claims.get(0));
    } else if (!claims.isEmpty() && scheduler.once(40)) {
      client.hangUp(scheduler.once(2));
      return;
    }
    if (profile.patient() && !claims.isEmpty()) {
      return;
    }
    if (mayBegin()) {
      begin(next());
    }
    if (!resting && scheduler.once(10)) {
      read();
    }
  }

  private void cancel(SimulatedClient.Request claim) {
    claim.operation().cancelled();
    client.ask(
        new ClientMessage.CancelWait(client.newRequestId(), claim.message().requestId()), null);
  }

  private void read() {
    String id = client.newRequestId();
    if (client.isAdmin() && scheduler.once(5)) {
      client.ask(new AdminMessage.ListSessions(id), null);
      return;
    }
    switch (scheduler.random().nextInt(4)) {
      case 0 -> client.ask(new ClientMessage.GetTickets(id, null, null, null, null, null), null);
      case 1 ->
          any()
              .ifPresent(
                  ticket ->
                      client.ask(
                          new ClientMessage.GetTicket(id, TicketRef.of(ticket.number()), true),
                          null));
      default -> client.ask(new ClientMessage.Ping(id), null);
    }
  }

  private Optional<Ticket> any() {
    List<Ticket> tickets = history.book().tickets();
    return tickets.isEmpty() ? Optional.empty() : Optional.of(scheduler.pick(tickets));
  }

  private String unique() {
    return client.name() + "-" + generation + "-" + ++effects;
  }

  // Requests.

  void begin(ClientMessage.Change change) {
    if (change == null) {
      return;
    }
    boolean waits = change instanceof ClientMessage.ClaimTicket claim && claim.waiting() != null;
    UUID id =
        scheduler.once(5) && !waits
            ? null
            : new UUID(scheduler.random().nextLong(), scheduler.random().nextLong());
    TicketId ticket =
        change instanceof ClientMessage.TicketChange named
            ? history.book().matches(named.ticket(), 2).stream()
                .findFirst()
                .map(Ticket::id)
                .orElse(null)
            : null;
    underWay++;
    Operation operation =
        new Operation(
            change.identified(client.newRequestId(), id), ticket, generation, scheduler.nanos());
    if (id != null) {
      operations.put(id, operation);
    }
    attempt(operation);
  }

  private void attempt(Operation operation) {
    if (operation.generation != generation) {
      return;
    }
    if (client.isConnected()) {
      client.ask(operation.attempt(client.newRequestId(), scheduler.nanos()), operation);
    } else {
      waiting.add(operation);
    }
  }

  private ClientMessage.Change next() {
    Ticket ticket = any().orElse(null);
    int roll = scheduler.random().nextInt(100);
    if (ticket == null || history.book().size() < TICKETS && roll < 15) {
      return new ClientMessage.CreateTicket("", null, TicketContent.titled(unique()));
    }
    if (profile.claims() && roll < 60) {
      return claim();
    }
    String key = ticket.isOpen() && scheduler.once(2) ? ticket.content().key() : null;
    TicketRef number = TicketRef.of(ticket.number());
    TicketRef ref = key == null ? number : new TicketRef.ByKey(key);
    if (client.isAdmin() && scheduler.once(12)) {
      return redaction(ticket, ref);
    }
    if (roll < 24 || profile.claims() && roll < 66) {
      return raise();
    }
    if (roll < 30) {
      return new ClientMessage.CommentTicket("", null, ref, unique());
    }
    if (roll < 55) {
      return new ClientMessage.UpdateTicket("", null, ref, patch(), null, null, false);
    }
    if (roll < 95) {
      return new ClientMessage.LockTicket("", null, number, null, terms(), patience(), null);
    }
    return breaking(ticket, number);
  }

  private ClientMessage.Change claim() {
    String query = scheduler.pick(CLAIMED);
    try {
      return new ClientMessage.ClaimTicket(
          "",
          null,
          query.isEmpty() ? null : TicketQuery.parse(query),
          scheduler.once(5) ? TicketOrder.parse("updated") : null,
          terms(),
          true,
          patience());
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** One of few troubles, so that clients raise the same ones. */
  private ClientMessage.Change raise() {
    return raised("trouble:" + scheduler.random().nextInt(3));
  }

  private ClientMessage.Change raised(String key) {
    String text = scheduler.once(2) ? unique() : null;
    Duration within = scheduler.once(2) ? Duration.ofSeconds(scheduler.between(0, 30)) : null;
    return new ClientMessage.RaiseTicket(
        "", null, key, TicketContent.titled(unique()), text, within);
  }

  private ClientMessage.Change breaking(Ticket ticket, TicketRef ref) {
    if (!ticket.isLocked() || ticket.lock().holder().equals(client.agent())) {
      return new ClientMessage.CommentTicket("", null, ref, unique());
    }
    LockBreak seen = new LockBreak(ticket.lock().token(), "urgent");
    return scheduler.random().nextBoolean()
        ? new ClientMessage.LockTicket("", null, ref, null, terms(), null, seen)
        : new ClientMessage.UnlockTicket("", null, ref, null, seen, null);
  }

  private TicketPatch patch() {
    return switch (scheduler.random().nextInt(7)) {
      case 5 -> TicketPatch.of(TicketField.WAKE_AT, soon());
      case 6 -> TicketPatch.of(TicketField.WAKE_AT, scheduler.once(3) ? null : soon());
      case 0 -> TicketPatch.of(TicketField.TITLE, unique());
      case 1 -> TicketPatch.of(TicketField.PRIORITY, scheduler.pick(List.of(Priority.values())));
      case 2 -> TicketPatch.of(TicketField.STATUS, TicketStatus.OPEN);
      case 3 ->
          TicketPatch.of(
              TicketField.STATUS, scheduler.once(3) ? TicketStatus.CLOSED : TicketStatus.OPEN);
      default ->
          TicketPatch.NOTHING.withTags(List.of("t" + scheduler.random().nextInt(5)), List.of());
    };
  }

  private ClientMessage.Change redaction(Ticket ticket, TicketRef ref) {
    List<Long> comments = history.secrets().comments(ticket.id());
    Redaction what =
        comments.isEmpty() || scheduler.once(3)
            ? Redaction.ofField(TicketField.TITLE)
            : Redaction.ofComment(scheduler.pick(comments));
    return new ClientMessage.RedactTicket("", null, ref, what, "a password");
  }

  /** By the wall clock, as far as the client knows it; it may be past already, or be set to. */
  private Instant soon() {
    if (scheduler.once(4)) {
      return history.wallClock().plusSeconds(scheduler.between(-3_600, 50 * 3_600));
    }
    return history.wallClock().plusMillis(scheduler.between(0, 15_000));
  }

  private LockTerms terms() {
    long seconds = scheduler.pick(List.of(1L, 1L, 2L, 3L, 5L, 8L));
    return new LockTerms(Duration.ofSeconds(seconds), null, "simulation");
  }

  private LockWait patience() {
    return switch (scheduler.random().nextInt(4)) {
      case 0 -> null;
      case 1 -> LockWait.FOREVER;
      default -> new LockWait(Duration.ofMillis(scheduler.between(100, 10_000)));
    };
  }

  /** Renews a lock, or releases it, or lets it expire. */
  private void tend(Hold hold) {
    long now = scheduler.nanos();
    TicketRef ref = TicketRef.of(hold.number);
    if (now >= hold.releaseAt || resting) {
      holds.remove(hold.token);
      if (hold.renews || resting) {
        begin(release(hold, ref));
      }
    } else if (hold.renews && now >= hold.renewAt) {
      hold.renewAt = now + hold.ttl.toNanos() / 3;
      underWay++;
      attempt(
          new Operation(
              new ClientMessage.LockTicket(
                  client.newRequestId(),
                  null,
                  ref,
                  hold.token,
                  terms().withTtl(hold.ttl),
                  null,
                  null),
              hold.ticket,
              generation,
              now));
    }
  }

  private ClientMessage.Change release(Hold hold, TicketRef ref) {
    int roll = scheduler.random().nextInt(4);
    if (hold.claimed && roll < 2) {
      Duration sleep = scheduler.once(2) ? Duration.ofMillis(scheduler.between(0, 9_000)) : null;
      GiveBack how = new GiveBack(roll == 0, sleep);
      return new ClientMessage.UnlockTicket("", null, ref, hold.token, null, how);
    }
    if (hold.claimed) {
      return new ClientMessage.UpdateTicket(
          "",
          null,
          ref,
          TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED),
          hold.token,
          null,
          true);
    }
    return new ClientMessage.UnlockTicket("", null, ref, hold.token, null, null);
  }

  // Answers.

  /** The connection was lost before the answer: only an operation id makes a retry safe. */
  void lost(Operation operation) {
    if (operation.generation != generation) {
      return;
    }
    if (operation.id() == null || operation.cancelled) {
      ended(operation);
    } else {
      waiting.add(operation);
    }
  }

  private void ended(Operation operation) {
    if (operation.generation == generation && !operation.over) {
      operation.over = true;
      underWay--;
    }
  }

  void rejected(SimulatedClient.Request request, RejectionCode code) {
    Operation operation = request.operation();
    boolean again =
        operation.id() != null
            && !operation.cancelled
            && code.isOutage()
            && code != RejectionCode.TIMEOUT;
    if (again) {
      scheduler.after(
          scheduler.between(Scheduler.MILLI, Scheduler.SECOND), () -> attempt(operation));
      return;
    }
    ended(operation);
    check(
        !operation.isWaitingClaim() || code != RejectionCode.NOT_FOUND,
        () -> "told that there is nothing, and would wait: " + operation);
    if (operation.id() != null && (!code.isOutage() || code == RejectionCode.TIMEOUT)) {
      history.refused(operation.id(), code + " to " + client.name() + ": " + operation.change);
    }
    if (operation.change instanceof ClientMessage.LockTicket lock
        && lock.token() != null
        && code.isLockOver()) {
      holds.remove(lock.token());
    }
  }

  void done(SimulatedClient.Request request, ServerMessage.EventMessage answer) {
    Operation operation = request.operation();
    ended(operation);
    long revision = answer.event().revision();
    boolean nothing = revision == answer.event().previousRevision();
    if (operation.id() != null && !nothing) {
      check(
          history.effect(operation.id()).equals(Optional.of(revision)),
          () -> "acknowledged " + revision + ", done " + history.effect(operation.id()));
    }
    if (operation.change instanceof ClientMessage.RedactTicket) {
      history.secrets().acknowledged(revision);
    }
    if (operation.change instanceof ClientMessage.RaiseTicket raise) {
      String key = history.ticketAfter(revision).content().key();
      check(raise.key().equals(key), () -> "raised " + raise.key() + ", counted for " + key);
      check(!nothing, () -> "a raise that counts nothing: " + raise);
    }
    if (operation.generation == generation
        && answer.event().event() instanceof WireEvent.TicketLocked locked
        && operation.change.operationId() == request.operation().id()) {
      held(operation, locked);
    }
  }

  /** The lease counts from the moment the client asked for it. */
  private void held(Operation operation, WireEvent.TicketLocked locked) {
    long token = locked.ticket().lock().token();
    Hold hold = holds.get(token);
    long validUntil = operation.firstAskedAt + locked.ticket().lock().ttl().toNanos();
    if (hold != null) {
      hold.validUntil = Math.max(hold.validUntil, validUntil);
      return;
    }
    if (locked.renewed()) {
      return;
    }
    long releaseAt = scheduler.nanos() + scheduler.between(0, 12 * Scheduler.SECOND);
    boolean renews = !scheduler.once(4);
    Hold taken = new Hold(locked.ticket(), validUntil, releaseAt, renews);
    taken.renewAt = scheduler.nanos();
    holds.put(token, taken);
  }
}
