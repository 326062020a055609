package org.lesbillets.server.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;

/**
 * A writer that changes tickets one request at a time, and retries each under its operation id
 * until it is answered. One thread; keeps all operations, whose marks are unique.
 */
final class ChangeWriter implements Runnable {
  private static final String FILLER = "x".repeat(400);

  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final SoakClient client;
  private final Who who;
  private final IntPredicate goesOn;
  private final AtomicInteger acknowledged;
  private final Random random;
  private final List<LockOperation> performed = new ArrayList<>();
  private final List<Long> nanos = new ArrayList<>();
  private final Violations violations = new Violations();
  private int lost;
  private int retried;

  /**
   * @param goesOn asked with the number of finished operations before each
   * @param acknowledged counts the operations of all writers
   */
  ChangeWriter(SoakServer server, Who who, IntPredicate goesOn, AtomicInteger acknowledged) {
    this.client = new SoakClient(server, who.agent);
    this.who = who;
    this.goesOn = goesOn;
    this.acknowledged = acknowledged;
    this.random = new Random(who.seed);
  }

  /**
   * A writer.
   *
   * @param tickets it changes those with the numbers from 1 to this
   * @param pauseMillis how long it is idle at most before each operation; 0 or more
   * @param losesAnswers whether the first answer to each operation is lost on purpose
   */
  record Who(String agent, long seed, int tickets, int pauseMillis, boolean losesAnswers) {
    /** One that is never idle, and loses no answer on purpose. */
    Who(String agent, long seed, int tickets) {
      this(agent, seed, tickets, 0, false);
    }
  }

  /** The operations, for the thread that waited for the end of this one. */
  List<LockOperation> performed() {
    return performed;
  }

  /** For each operation nanoseconds from its first request to its answer. */
  List<Long> nanos() {
    return nanos;
  }

  /** Retries that were answered otherwise than the request whose answer was lost. */
  Violations violations() {
    return violations;
  }

  /** Answers that were lost on purpose. */
  int lost() {
    return lost;
  }

  /** Requests that were sent again. */
  int retried() {
    return retried;
  }

  @Override
  public void run() {
    try (client) {
      while (goesOn.test(performed.size())) {
        if (who.pauseMillis > 0) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(who.pauseMillis)));
        }
        LockOperation operation = carryOut(next(who.agent + "-" + performed.size()));
        performed.add(operation);
        nanos.add(operation.ended() - operation.began());
        acknowledged.incrementAndGet();
      }
    }
  }

  private record Marked(String mark, ClientMessage.TicketChange change) {}

  private Marked next(String mark) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    TicketRef ticket = TicketRef.of(1 + random.nextInt(who.tickets));
    if (random.nextInt(4) > 0) {
      String text = mark + " " + FILLER;
      return new Marked(text, new ClientMessage.CommentTicket("", id, ticket, text));
    }
    TicketPatch title = TicketPatch.of(TicketField.TITLE, mark);
    return new Marked(
        mark, new ClientMessage.UpdateTicket("", id, ticket, title, null, null, false));
  }

  private LockOperation carryOut(Marked next) {
    ClientMessage.TicketChange change = next.change;
    long began = System.nanoTime();
    ServerMessage.Answer before = who.losesAnswers ? loseAnswer(request(change, 0)) : null;
    for (int attempt = 1; ; attempt++) {
      client.connect();
      long asked = System.nanoTime();
      ServerMessage.Answer answer = client.ask(request(change, attempt));
      if (answer != null && !isToBeRetried(answer)) {
        long ended = System.nanoTime();
        LockOperation done =
            new LockOperation(who.agent, next.mark, change, attempt, began, asked, ended, answer);
        compare(before, done);
        return done;
      }
      retried++;
      if (answer != null) {
        LockSupport.parkNanos(BUSY_NANOS);
      }
    }
  }

  private static ClientMessage.TicketChange request(
      ClientMessage.TicketChange change, int attempt) {
    String requestId = change.operationId() + "/" + attempt;
    return (ClientMessage.TicketChange) change.identified(requestId, change.operationId());
  }

  private static boolean isToBeRetried(ServerMessage.Answer answer) {
    return answer instanceof ServerMessage.Rejected no
        && (no.code() == RejectionCode.BUSY || no.code() == RejectionCode.UNCERTAIN);
  }

  /** Sends the request and cuts the connection: at once, soon, or when the answer has arrived. */
  private ServerMessage.Answer loseAnswer(ClientMessage.TicketChange request) {
    client.connect();
    lost++;
    ServerMessage.Answer answer = null;
    switch (random.nextInt(3)) {
      case 0 -> client.send(request);
      case 1 -> {
        client.send(request);
        LockSupport.parkNanos(random.nextInt(3_000_000));
      }
      default -> answer = client.ask(request);
    }
    client.close();
    return answer;
  }

  private void compare(ServerMessage.Answer lostAnswer, LockOperation done) {
    if (!(lostAnswer instanceof ServerMessage.EventMessage first)) {
      return;
    }
    if (!done.isDone()
        || done.revision() != first.event().revision()
        || !EventWords.settled(first.event())
            .equals(EventWords.settled(((ServerMessage.EventMessage) done.answer()).event()))) {
      violations.add("answered %s before: %s", first, done);
    }
  }
}
