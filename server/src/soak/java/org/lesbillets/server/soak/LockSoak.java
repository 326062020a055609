package org.lesbillets.server.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/**
 * Eight clients of four agents lock, renew, change, unlock, steal and wait at random; they and the
 * server are killed; then the journal's history is checked against all they asked and heard.
 */
final class LockSoak {
  private static final List<String> AGENTS = List.of("alice", "bob", "carol", "dave");
  private static final int CLIENTS = 8;
  private static final long JUMP_MILLIS = 1_500;

  /** Long enough that most leases would end meanwhile. */
  private static final long DOWN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Slow enough that leases run out, and that there is time for many jumps. */
  private static final int PAUSE_MILLIS = 400;

  private final Plan plan;
  private final Path directory;
  private final WrongClock clock;
  private final SoakServer server;
  private final AtomicInteger progress = new AtomicInteger();
  private final List<SoakAgent> agents = new ArrayList<>();
  private int kills;

  /**
   * @param kills how often the server is killed
   * @param wrongClock whether the server's wall clock jumps
   */
  record Plan(int operations, long seed, int kills, boolean wrongClock) {}

  /** What came of it. */
  record Report(
      int operations,
      int done,
      int refused,
      int unanswered,
      int events,
      int expiries,
      int clientKills,
      int serverKills,
      int clockJumps,
      int clockJumpsSeen,
      LeaseTimes.Findings leases,
      Violations violations) {

    @Override
    public String toString() {
      return """
      operations   %d: %d done, %d refused, %d without an answer
      events       %d, of them %d leases that ran out
      kills        %d of clients, %d of the server
      wall clock   %d jumps of an hour or more, %d of them seen in the journal
      leases       %d measured: at most %d ms early, %d ms late
                   %d over a jump, %d that would have ended while the server was down
                   %d cut short by a restart
      violations   %d
      %s\
      """
          .formatted(
              operations,
              done,
              refused,
              unanswered,
              events,
              expiries,
              clientKills,
              serverKills,
              clockJumps,
              clockJumpsSeen,
              leases.measured(),
              leases.earliestMillis(),
              leases.latestMillis(),
              leases.overJumps(),
              leases.overDowntime(),
              leases.cutShort(),
              violations.count(),
              String.join("\n", violations.first()));
    }
  }

  LockSoak(Plan plan, Path directory) {
    this.plan = plan;
    this.directory = directory;
    this.clock = plan.wrongClock ? new WrongClock(directory, new Random(plan.seed)) : null;
    this.server =
        new SoakServer(directory.resolve("data"), clock == null ? Map.of() : clock.environment());
  }

  Report run() throws Exception {
    for (String agent : AGENTS) {
      server.admit(agent);
    }
    server.admit("watcher");
    server.start();
    try (server) {
      createTickets();
      LeaseWatch watch = new LeaseWatch(server);
      try (watch) {
        work();
        letLeasesRunOut(server, "watcher");
      }
      return report(history(), watch);
    }
  }

  private void createTickets() throws IOException {
    try (SoakConnection connection = server.connect("watcher")) {
      for (int i = 1; i <= SoakAgent.TICKETS; i++) {
        String id = "create" + i;
        connection.send(new ClientMessage.CreateTicket(id, null, TicketContent.titled("New")));
        connection.answer(id);
      }
    }
  }

  private void work() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        SoakAgent.Who who =
            new SoakAgent.Who(
                AGENTS.get(i % AGENTS.size()),
                "c" + i,
                plan.seed * 1_000 + i,
                plan.wrongClock ? PAUSE_MILLIS : 0);
        agents.add(new SoakAgent(server, who, done -> done < plan.operations / CLIENTS, progress));
        clients.add(threads.submit(agents.get(i)));
      }
      for (Future<?> client : clients) {
        trouble(client);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Makes trouble until this client is done. */
  private void trouble(Future<?> client) throws Exception {
    long jumped = System.nanoTime();
    while (true) {
      try {
        client.get(5, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        killWhenDue();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a client died", e);
      }
      if (clock != null && System.nanoTime() - jumped > JUMP_MILLIS * 1_000_000) {
        jumped = System.nanoTime();
        clock.jump();
      }
    }
  }

  private void killWhenDue() throws IOException, InterruptedException {
    if (kills < plan.kills && progress.get() > (kills + 1L) * plan.operations / (plan.kills + 1)) {
      kills++;
      server.kill();
      LockSupport.parkNanos(DOWN_NANOS);
      server.start();
    }
  }

  /** Clients that were quick would leave no lease the time to end by itself. */
  static void letLeasesRunOut(SoakServer server, String agent) throws IOException {
    try (SoakConnection connection = server.connect(agent)) {
      connection.send(ClientMessage.GetTickets.watching("r", null, null));
      Set<Long> locked = new HashSet<>();
      boolean told = false;
      while (!told || !locked.isEmpty()) {
        ServerMessage message = connection.next();
        if (message instanceof ServerMessage.AllTickets snapshot) {
          snapshot.tickets().forEach(ticket -> note(ticket, locked));
          told = !snapshot.more();
        } else if (message instanceof ServerMessage.EventMessage event) {
          note(event.event().event().ticket(), locked);
        }
      }
    }
  }

  private static void note(Ticket ticket, Set<Long> locked) {
    if (ticket.isLocked()) {
      locked.add(ticket.number());
    } else {
      locked.remove(ticket.number());
    }
  }

  private List<SequencedEvent> history() throws IOException {
    try (SoakConnection connection = server.connect("watcher")) {
      return connection.history();
    }
  }

  private Report report(List<SequencedEvent> events, LeaseWatch watch) {
    List<LockOperation> operations =
        agents.stream().flatMap(agent -> agent.performed().stream()).toList();
    HistoryCheck check = new HistoryCheck(events, operations);
    check.checkEnds(watch.ends());
    Violations violations = check.check();
    int done = (int) operations.stream().filter(LockOperation::isDone).count();
    int refused = (int) operations.stream().filter(LockOperation::isRefused).count();
    return new Report(
        operations.size(),
        done,
        refused,
        operations.size() - done - refused,
        events.size(),
        check.expiries(),
        agents.stream().mapToInt(SoakAgent::kills).sum(),
        kills,
        clock == null ? 0 : clock.jumps(),
        WrongClock.jumpsIn(events),
        watch.findings(events),
        violations);
  }
}
