package org.lesbillets.server.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.ServerMessage;

/**
 * A client that does this and that with locks, is killed now and then, and writes down what it
 * asked and heard. One thread; keeps all it did.
 */
final class SoakAgent implements Runnable {
  static final int TICKETS = 10;

  /** Nobody ends a lock on the tickets from here on: time does. */
  private static final int QUIET = 7;

  /** Nobody renews one either: each of these locks runs out, however fast the clients are. */
  private static final int UNRENEWED = 9;

  private static final int DOINGS = 12;
  private static final int QUIET_DOINGS = 5;
  private static final int UNRENEWED_DOINGS = 4;
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int KILL_ONE_IN = 250;

  private final SoakClient client;
  private final String agent;
  private final String name;
  private final Random random;
  private final int pauseMillis;
  private final IntPredicate goesOn;
  private final AtomicInteger progress;
  private final List<LockOperation> performed = new ArrayList<>();
  private final Map<Integer, TicketLock> own = new HashMap<>();
  private final Map<Integer, TicketLock> seen = new HashMap<>();
  private int kills;

  /**
   * @param who the client, and the agent it works for: several may work for one
   * @param goesOn asked with the number of finished operations before each
   * @param progress counts what all of them did
   */
  SoakAgent(SoakServer server, Who who, IntPredicate goesOn, AtomicInteger progress) {
    this.client = new SoakClient(server, who.agent);
    this.agent = who.agent;
    this.name = who.name;
    this.random = new Random(who.seed);
    this.pauseMillis = who.pauseMillis;
    this.goesOn = goesOn;
    this.progress = progress;
  }

  /**
   * A client.
   *
   * @param pauseMillis how long it is idle at most before each operation; 0 or more
   */
  record Who(String agent, String name, long seed, int pauseMillis) {}

  /** What it did; for whoever waited for its end. */
  List<LockOperation> performed() {
    return performed;
  }

  /** How often it was killed. */
  int kills() {
    return kills;
  }

  @Override
  public void run() {
    for (int i = 0; goesOn.test(i); i++) {
      pause();
      int ticket = 1 + random.nextInt(TICKETS);
      String mark = name + "-" + i;
      LockOperation operation = carryOut(mark, change(ticket, mark));
      performed.add(operation);
      learn(ticket, operation);
      progress.incrementAndGet();
    }
  }

  private void pause() {
    if (pauseMillis > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(pauseMillis)));
    }
  }

  private LockOperation carryOut(String mark, ClientMessage.TicketChange change) {
    long began = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      ClientMessage.TicketChange sent =
          (ClientMessage.TicketChange)
              change.identified(mark + "/" + attempt, change.operationId());
      boolean dies = random.nextInt(KILL_ONE_IN) == 0;
      client.connect();
      long asked = System.nanoTime();
      ServerMessage.Answer answer = ask(sent, dies);
      if (answer != null || random.nextBoolean()) {
        long ended = answer == null ? Long.MAX_VALUE : System.nanoTime();
        return new LockOperation(agent, mark, change, attempt, began, asked, ended, answer);
      }
    }
  }

  /** Null if there was no answer. */
  private ServerMessage.Answer ask(ClientMessage message, boolean dies) {
    if (!dies) {
      return client.ask(message);
    }
    if (client.send(message)) {
      LockSupport.parkNanos(random.nextInt(2_000_000));
      kills++;
      client.close();
    }
    return null;
  }

  private ClientMessage.TicketChange change(int ticket, String mark) {
    TicketRef ref = TicketRef.of(ticket);
    UUID operation = new UUID(random.nextLong(), random.nextLong());
    Long mine = token(own, ticket);
    return switch (random.nextInt(doings(ticket))) {
      case 0, 1 -> lock(ref, mark, null, operation);
      case 2 -> lock(ref, mark, wait(ticket), operation);
      case 3 -> comment(ref, mark, operation);
      case 4, 5 ->
          new ClientMessage.LockTicket(
              "", operation, ref, mine == null ? any(ticket) : mine, terms(mark), null, null);
      case 6 ->
          new ClientMessage.LockTicket(
              "", operation, ref, null, terms(mark), null, breaking(ticket, mark));
      case 7, 8 ->
          new ClientMessage.UnlockTicket(
              "", operation, ref, random.nextBoolean() ? mine : maybe(any(ticket)), null, null);
      case 9 ->
          new ClientMessage.UnlockTicket("", operation, ref, null, breaking(ticket, mark), null);
      default -> update(ticket, mark, mine, operation);
    };
  }

  private static int doings(int ticket) {
    if (ticket < QUIET) {
      return DOINGS;
    }
    return ticket < UNRENEWED ? QUIET_DOINGS : UNRENEWED_DOINGS;
  }

  private ClientMessage.LockTicket lock(TicketRef ref, String mark, LockWait wait, UUID operation) {
    return new ClientMessage.LockTicket("", operation, ref, null, terms(mark), wait, null);
  }

  private LockWait wait(int ticket) {
    return new LockWait(Duration.ofMillis(random.nextInt(30) * (long) (1 + ticket % 3)));
  }

  private static ClientMessage.CommentTicket comment(TicketRef ref, String mark, UUID operation) {
    return new ClientMessage.CommentTicket("", operation, ref, mark);
  }

  private ClientMessage.UpdateTicket update(int ticket, String mark, Long mine, UUID operation) {
    Long token = random.nextInt(3) == 0 ? any(ticket) : maybe(mine);
    Long ifRevision = random.nextInt(5) == 0 ? Long.valueOf(lastRevision()) : null;
    TicketPatch title = TicketPatch.of(TicketField.TITLE, mark);
    return new ClientMessage.UpdateTicket(
        "", operation, TicketRef.of(ticket), title, token, ifRevision, random.nextInt(6) == 0);
  }

  private long lastRevision() {
    for (int i = performed.size() - 1; i >= 0; i--) {
      if (performed.get(i).isDone()) {
        return Math.max(0, performed.get(i).revision() - random.nextInt(20));
      }
    }
    return 0;
  }

  /** Most locks are short, so that time ends those nobody ends. */
  private LockTerms terms(String mark) {
    return new LockTerms(random.nextInt(4) == 0 ? Duration.ofSeconds(3) : SHORT, mark, "soak");
  }

  private LockBreak breaking(int ticket, String mark) {
    Long token = token(seen, ticket);
    return new LockBreak(token == null ? any(ticket) : token, random.nextInt(8) == 0 ? null : mark);
  }

  private static Long token(Map<Integer, TicketLock> locks, int ticket) {
    TicketLock lock = locks.get(ticket);
    return lock == null ? null : lock.token();
  }

  /** A token of the ticket's, mostly an old one. */
  private Long any(int ticket) {
    Long known = random.nextBoolean() ? token(own, ticket) : token(seen, ticket);
    return known == null ? Long.valueOf(1 + random.nextInt(100)) : known;
  }

  private <T> T maybe(T value) {
    return random.nextBoolean() ? value : null;
  }

  private void learn(int ticket, LockOperation operation) {
    if (operation.answer() instanceof ServerMessage.EventMessage done) {
      WireEvent event = done.event().event();
      TicketLock lock = event.ticket().lock();
      note(ticket, lock);
      if (lock != null && event instanceof WireEvent.TicketLocked) {
        own.put(ticket, lock);
      }
    } else if (operation.answer() instanceof ServerMessage.Rejected no
        && no.details().lock() != null) {
      note(ticket, no.details().lock());
    }
  }

  private void note(int ticket, TicketLock lock) {
    if (lock != null) {
      seen.put(ticket, lock);
    }
  }
}
