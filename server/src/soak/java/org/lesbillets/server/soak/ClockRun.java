package org.lesbillets.server.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/**
 * Sets the wall clock of a server by days, forwards and backwards, and repeats all operations so
 * far after each jump: each has one effect, also after a kill. Under libfaketime. One thread.
 */
final class ClockRun implements FaultRun {
  private static final List<Integer> DAYS = List.of(2, -2, 400, -800, 0);
  private static final String AGENT = "writer0";
  private static final Duration SEEN = Duration.ofHours(12);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final int operations;
  private final Random random;
  private final Violations violations = new Violations();
  private final Map<ClientMessage.CommentTicket, Long> effects = new LinkedHashMap<>();
  private int requests;

  /**
   * @param operations performed before the first jump, and after each
   */
  ClockRun(int operations, long seed) {
    this.operations = operations;
    this.random = new Random(seed);
  }

  @Override
  public FaultReport run(Path directory) throws Exception {
    WrongClock clock = new WrongClock(directory, random);
    clock.setDays(0);
    SoakServer server = new SoakServer(directory.resolve("data"), clock.environment());
    server.admit(AGENT);
    server.start();
    try (server;
        SoakClient client = new SoakClient(server, AGENT)) {
      ChangeLoad.createTickets(server, 1);
      perform(client);
      for (int days : DAYS) {
        Instant before = stamp(client);
        clock.setDays(days);
        awaitJump(client, before);
        repeat(client, "after a jump to %+d days".formatted(days));
        kill(server, client);
        repeat(client, "after a kill at %+d days".formatted(days));
        perform(client);
      }
    }
    FaultReport report = new FaultReport(violations);
    report.add("jumps", "to %s days", DAYS);
    report.add("operations", "%,d, sent %,d times", effects.size(), requests);
    return report;
  }

  private void kill(SoakServer server, SoakClient client) throws IOException, InterruptedException {
    client.close();
    server.kill();
    server.start();
  }

  private void perform(SoakClient client) {
    for (int i = 0; i < operations; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      ClientMessage.CommentTicket change = comment(id);
      effects.put(change, ask(client, change).event().revision());
    }
  }

  private static ClientMessage.CommentTicket comment(UUID id) {
    return new ClientMessage.CommentTicket("", id, TicketRef.of(1), "once " + id);
  }

  /** Time of an event that is made now; the journal forgets what it may in its transaction. */
  private Instant stamp(SoakClient client) {
    return ask(client, comment(null)).event().event().at();
  }

  private void awaitJump(SoakClient client, Instant before) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (Duration.between(before, stamp(client)).abs().compareTo(SEEN) < 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the wall clock of the server does not jump");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    stamp(client);
  }

  private void repeat(SoakClient client, String when) {
    for (ClientMessage.CommentTicket change : new ArrayList<>(effects.keySet())) {
      ServerMessage.EventMessage answer = ask(client, change);
      if (!answer.repeated() || answer.event().revision() != effects.get(change)) {
        violations.add("acted twice %s: %s, first %d", when, answer, effects.get(change));
      }
    }
  }

  private ServerMessage.EventMessage ask(SoakClient client, ClientMessage.CommentTicket change) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      client.connect();
      ServerMessage.Answer answer =
          client.ask(
              (ClientMessage) change.identified("request" + requests++, change.operationId()));
      if (answer instanceof ServerMessage.EventMessage event) {
        return event;
      }
    }
    throw new IllegalStateException("the server does not answer");
  }
}
