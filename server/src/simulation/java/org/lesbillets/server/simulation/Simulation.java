package org.lesbillets.server.simulation;

import static org.lesbillets.server.simulation.History.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;

/**
 * One run: a server, its disk, its network and its clients under faults for a while, then at rest.
 * The invariants are checked after each step; a broken one ends the run with a {@link
 * BrokenInvariantException}. One thread.
 */
final class Simulation implements SimulatedJournal.Faults {
  private static final long REST_MOST = 200 * Scheduler.SECOND;

  /** How much later than its deadline a lease may end, with what a round and a sync take. */
  private static final long LEASE_SLACK = 5 * Scheduler.SECOND;

  /** How much later than its time a ticket may wake: a look at the clock, and a sync. */
  private static final long SLEEP_SLACK = 2 * Scheduler.SECOND;

  /** A request that arrived so much earlier than another is before it at the desk, too. */
  private static final long ORDER_MARGIN = Scheduler.SECOND / 2;

  private static final List<String> QUERIES =
      List.of(
          "status:open",
          "priority:high",
          "tag:t1",
          "status:locked",
          "updated:<20s",
          "age:>15s -updated:>=40s",
          "updated:>10h status:open",
          "held:>2s",
          "is:claimable");

  private final Scheduler scheduler;
  private final RunProfile profile;
  private final History history;
  private final SimulatedDisk disk;
  private final SimulatedNetwork network;
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final ClaimChecks claims;
  private SimulatedServer server;
  private boolean atRest;
  private long restartAt = Long.MAX_VALUE;
  private long hangNanos;
  private boolean failNext;
  private int busyNext;

  /** How far the wall clock was set off. */
  private Duration wallClock = Duration.ZERO;

  /** When the wall clock was set last. */
  private long clockSetAt;

  /** The last time that something kept the server from its work. */
  private long disturbedAt;

  /**
   * What a run came to.
   *
   * @param events durable ones
   */
  record Result(long steps, int events, long virtualMillis) {}

  private Simulation(long seed, int seconds, Consumer<String> trace) {
    // Java's generator begins alike for seeds that are near each other: they are spread first.
    this.scheduler = new Scheduler(new Random(seed * 0x9E3779B97F4A7C15L), trace);
    this.profile = RunProfile.drawn(scheduler, seconds);
    this.history = new History(scheduler);
    this.disk = new SimulatedDisk(scheduler, history::durable);
    this.network = new SimulatedNetwork(scheduler);
    this.claims =
        new ClaimChecks(
            scheduler, history, clients, () -> server, () -> Math.max(disturbedAt, clockSetAt));
    history.listen(this::onDurable);
    network.onServerCut(this::onServerCut);
  }

  /**
   * Runs one seed.
   *
   * @param seconds of virtual time with faults
   * @param trace takes a line for each step worth one, or null
   * @throws BrokenInvariantException if a promise is broken
   */
  static Result run(long seed, int seconds, Consumer<String> trace) {
    return new Simulation(seed, seconds, trace).run();
  }

  private Result run() {
    scheduler.trace(profile.toString());
    startServer();
    for (int i = 0; i < profile.clients(); i++) {
      addClient(i);
    }
    scheduler.after(Scheduler.SECOND, this::inspect);
    work();
    rest();
    return new Result(scheduler.steps(), history.size(), scheduler.nanos() / Scheduler.MILLI);
  }

  private void addClient(int number) {
    String query = scheduler.once(3) ? scheduler.pick(QUERIES) : scheduler.once(6) ? "" : null;
    boolean works = number == 0 || !scheduler.once(4);
    boolean claims = works && scheduler.once(2);
    View.Profile does =
        new View.Profile("agent" + number, query, works, claims, claims && scheduler.once(2));
    Role role = number == 0 ? Role.ADMIN : Role.AGENT;
    SimulatedClient client = new SimulatedClient(scheduler, network, history, does, role);
    clients.add(client);
    client.start();
    scheduler.after(Scheduler.SECOND, () -> act(client));
  }

  private void act(SimulatedClient client) {
    scheduler.after(scheduler.between(50 * Scheduler.MILLI, Scheduler.SECOND), () -> act(client));
    client.work().act();
    if (scheduler.once(30)) {
      storm();
    }
  }

  /** Something breaks, and every client that can raises it at once. */
  private void storm() {
    String key = "storm:" + scheduler.random().nextInt(5);
    clients.forEach(client -> client.work().raise(key));
  }

  private void step() {
    check(scheduler.step(), () -> "nothing is left to do");
    if (server != null) {
      server.observe();
    }
    if (scheduler.nanos() >= restartAt) {
      restart();
    }
  }

  private void work() {
    long end = scheduler.nanos() + profile.seconds() * Scheduler.SECOND;
    long nextFault = nextFault();
    while (scheduler.nanos() < end) {
      step();
      if (scheduler.nanos() >= nextFault) {
        fault();
        nextFault = nextFault();
      }
    }
  }

  private long nextFault() {
    if (profile.faults() == 0) {
      return Long.MAX_VALUE;
    }
    long average = 60 * Scheduler.SECOND / profile.faults();
    return scheduler.nanos() + scheduler.between(0, 2 * average);
  }

  /** Something keeps the server from its work until {@code time}. */
  private void disturbed(long time) {
    disturbedAt = Math.max(disturbedAt, time);
  }

  // Faults.

  private void fault() {
    int roll = scheduler.random().nextInt(profile.faults());
    if ((roll -= profile.kills()) < 0) {
      kill();
    } else if ((roll -= profile.pauses()) < 0) {
      pause();
    } else if ((roll -= profile.diskFaults()) < 0) {
      diskFault();
    } else if ((roll -= profile.cuts()) < 0) {
      cut();
    } else if ((roll -= profile.clientFaults()) < 0) {
      clientFault();
    } else if (server != null) {
      long hours = scheduler.between(-50, 50);
      scheduler.trace("the wall clock jumps by " + hours + " h");
      setClock(wallClock.plusHours(hours));
      clockSetAt = scheduler.nanos();
    }
  }

  private void setClock(Duration offset) {
    server.process().jump(offset.minus(wallClock));
    wallClock = offset;
  }

  /** The wall clock may have been set while no server ran. */
  private void startServer() {
    restartAt = Long.MAX_VALUE;
    disturbed(scheduler.nanos());
    wallClock = scheduler.once(2) ? wallClock : Duration.ZERO;
    server = new SimulatedServer(scheduler, network, disk, this, history, wallClock);
    scheduler.trace("the server starts at " + history.head());
  }

  private void kill() {
    if (server == null) {
      return;
    }
    if (scheduler.once(4)) {
      scheduler.trace("SIGTERM");
      server.stop();
    } else {
      scheduler.trace("SIGKILL");
      server.kill(scheduler.once(4));
    }
    history.killed();
    disk.crash();
    server = null;
    restartAt = scheduler.nanos() + scheduler.between(0, 3 * Scheduler.SECOND);
  }

  private void restart() {
    if (server != null) {
      server.kill(false);
      history.killed();
      disk.crash();
      server = null;
    }
    startServer();
  }

  private void pause() {
    if (server != null && !server.process().isPaused()) {
      long nanos =
          scheduler.between(
              0, scheduler.random().nextBoolean() ? Scheduler.SECOND : 40 * Scheduler.SECOND);
      scheduler.trace("the server is paused for " + nanos / Scheduler.MILLI + " ms");
      server.process().pause(nanos);
      history.paused(scheduler.nanos() + nanos);
      disturbed(scheduler.nanos() + nanos);
    }
  }

  private void diskFault() {
    switch (scheduler.random().nextInt(3)) {
      case 0 -> failNext = true;
      case 1 -> busyNext = 1 + scheduler.random().nextInt(3);
      default -> hangNanos = scheduler.between(Scheduler.SECOND, 10 * Scheduler.SECOND);
    }
  }

  private void cut() {
    List<SimulatedConnection> open =
        network.connections().stream().filter(SimulatedConnection::isOpenAtClient).toList();
    if (!open.isEmpty()) {
      SimulatedConnection connection = scheduler.pick(open);
      boolean silently = scheduler.random().nextBoolean();
      scheduler.trace(connection.remote() + (silently ? " falls silent" : " is reset"));
      if (silently) {
        connection.goSilent();
        cutInTime(connection);
      } else {
        connection.reset();
      }
    }
  }

  private void clientFault() {
    SimulatedClient client = scheduler.pick(clients);
    if (scheduler.once(3)) {
      boolean silently = scheduler.random().nextBoolean();
      if (silently && client.connection() != null) {
        cutInTime(client.connection());
      }
      client.crash(silently);
    } else if (!client.isStopped()) {
      client.stopped(true);
      if (client.connection() != null) {
        cutInTime(client.connection());
      }
      scheduler.after(
          scheduler.between(0, 45 * Scheduler.SECOND),
          () -> {
            if (client.isStopped()) {
              client.stopped(false);
            }
          });
    }
  }

  // The disk's faults, as the journal asks for them.

  @Override
  public long syncNanos() {
    long hang = hangNanos;
    hangNanos = 0;
    if (hang > 0) {
      scheduler.trace("the disk hangs for " + hang / Scheduler.MILLI + " ms");
      disturbed(scheduler.nanos() + hang);
      scheduler.after(scheduler.between(0, hang), this::leaveWhileWaiting);
      return hang;
    }
    return scheduler.between(Scheduler.MILLI / 10, 10 * Scheduler.MILLI);
  }

  /** Someone leaves whose claim may be what the disk has yet to write. */
  private void leaveWhileWaiting() {
    clients.stream()
        .filter(client -> client.isConnected() && !client.waitsToClaim().isEmpty())
        .findAny()
        .ifPresent(
            client -> {
              if (scheduler.once(2)) {
                client.hangUp(false);
              } else {
                client.crash(false);
              }
            });
  }

  @Override
  public boolean failsWrite() {
    boolean fails = failNext && !atRest;
    failNext = false;
    if (fails) {
      scheduler.trace("the disk fails");
      restartAt = scheduler.nanos() + scheduler.between(Scheduler.SECOND, 8 * Scheduler.SECOND);
    }
    return fails;
  }

  @Override
  public boolean isBusy() {
    boolean busy = busyNext > 0;
    busyNext = Math.max(0, busyNext - 1);
    if (busy) {
      disturbed(scheduler.nanos());
    }
    return busy;
  }

  @Override
  public boolean conflicts() {
    return lies();
  }

  @Override
  public boolean losesOutcome() {
    return lies();
  }

  private boolean lies() {
    boolean lies = profile.lies() && !atRest && scheduler.once(50);
    if (lies) {
      disturbed(scheduler.nanos());
    }
    return lies;
  }

  // The invariants that need the whole.

  private void onDurable(SimulatedDisk.Entry entry, Ticket before) {
    if (entry.event().event() instanceof WireEvent.TicketUnlocked unlocked) {
      claims.unlocked(unlocked);
      if (unlocked.reason() == UnlockReason.EXPIRED) {
        endedWhileHeld(unlocked);
      }
    } else if (entry.event().event() instanceof WireEvent.TicketLocked locked
        && !locked.renewed()
        && locked.stolenFrom() == null) {
      inOrder(locked);
      if (locked.claimed()) {
        claims.granted(entry, locked, before);
      }
    }
  }

  private void endedWhileHeld(WireEvent.TicketUnlocked unlocked) {
    long token = unlocked.ended().token();
    for (SimulatedClient client : clients) {
      Work.Hold hold = client.work().holds().get(token);
      check(
          hold == null || hold.validUntil() <= scheduler.nanos(),
          () -> client.name() + " still holds the lock " + token + ", which expired");
    }
  }

  /** First come, first served: no one who waits is passed by one who came later. */
  private void inOrder(WireEvent.TicketLocked locked) {
    SimulatedClient winner =
        clients.stream()
            .filter(client -> client.agent().equals(locked.by()))
            .findFirst()
            .orElseThrow();
    long came = winner.arrival(locked);
    winner.waitsFor(locked.ticket().id()).forEach(Work.Operation::granted);
    for (SimulatedClient other : clients) {
      if (other != winner) {
        for (Work.Operation waits : other.waitsFor(locked.ticket().id())) {
          check(
              !isAhead(waits, came),
              () -> winner.name() + " got a lock before " + other.name() + ": " + locked);
        }
      }
    }
  }

  private boolean isAhead(Work.Operation waits, long came) {
    SimulatedConnection over = waits.arrivedOver();
    return over != null
        && over.isUndisturbed()
        && !over.isServerOver()
        && over.process() == server.process()
        && disturbedAt + ORDER_MARGIN < waits.arrivedAt()
        && waits.arrivedAt() + ORDER_MARGIN < came
        && scheduler.nanos() + ORDER_MARGIN < waits.deadline();
  }

  /** A client that reads and answers is never cut, whatever the server's own pauses. */
  private void onServerCut(SimulatedConnection connection) {
    check(
        !connection.isUndisturbed()
            || !connection.isOpenAtClient()
            || connection.client().isStopped(),
        () -> "the server cut " + connection.remote() + ", which is well");
  }

  /** A peer that is silent or does not read is cut within 25 s, and what a tick takes. */
  private void cutInTime(SimulatedConnection connection) {
    SimulatedServer then = server;
    long since = scheduler.nanos();
    scheduler.after(
        32 * Scheduler.SECOND,
        () -> {
          boolean same = server == then && then != null && disturbedAt < since;
          check(
              !same
                  || connection.isReading()
                  || connection.isServerOver()
                  || connection.wasReadingSince(since),
              () -> connection.remote() + " is silent, and was not cut");
        });
  }

  private void inspect() {
    scheduler.after(Scheduler.SECOND, this::inspect);
    if (server == null || server.process().isPaused()) {
      return;
    }
    server.inspect();
    if (server.isReadOnly()) {
      disturbed(scheduler.nanos());
      return;
    }
    claims.inspect();
    history.book().stream().filter(Ticket::isLocked).forEach(this::endsInTime);
    history.book().stream().filter(Ticket::isAsleep).forEach(this::wakesInTime);
  }

  private void wakesInTime(Ticket ticket) {
    Duration late = Duration.between(ticket.content().wakeAt(), server.process().now());
    long calm = scheduler.nanos() - Math.max(disturbedAt, clockSetAt);
    check(
        Math.min(late.toMillis() * Scheduler.MILLI, calm) < SLEEP_SLACK,
        () -> "a ticket sleeps on for " + late + ": " + ticket);
  }

  private void endsInTime(Ticket ticket) {
    long start = Math.max(disturbedAt, history.leaseStart(ticket.id()));
    long lasts = scheduler.nanos() - start;
    check(
        lasts < ticket.lock().ttl().toNanos() + LEASE_SLACK,
        () -> "a lease of " + ticket.lock().ttl() + " lasts " + lasts / 1e9 + " s: " + ticket);
  }

  // At rest.

  private void rest() {
    scheduler.trace("now to rest");
    atRest = true;
    failNext = false;
    busyNext = 0;
    hangNanos = 0;
    for (SimulatedClient client : clients) {
      client.work().rest();
      if (client.isStopped()) {
        client.stopped(false);
      }
    }
    if (server == null || server.isReadOnly()) {
      restart();
    }
    long end = scheduler.nanos() + REST_MOST;
    // A second later all that was on its way has arrived.
    for (int quiet = 0; quiet < 2; quiet = isAtRest() ? quiet + 1 : 0) {
      check(scheduler.nanos() < end, () -> "does not come to rest: " + unrest());
      long until = scheduler.nanos() + Scheduler.SECOND;
      while (scheduler.nanos() < until) {
        step();
      }
    }
    server.inspect();
    Instant now = server.process().time().now();
    clients.forEach(client -> client.view().assertEqual(now));
    history.book().stream().forEach(this::noClaimIsLost);
    server.stop();
  }

  private boolean isAtRest() {
    return clients.stream().allMatch(Simulation::isAtRest)
        && history.book().stream().noneMatch(Ticket::isLocked)
        && history.book().stream().noneMatch(this::wakesSoon)
        && server.isIdle(clients.size());
  }

  private boolean wakesSoon(Ticket ticket) {
    Instant soon = server.process().now().plusSeconds(2);
    return ticket.isAsleep() && ticket.content().wakeAt().isBefore(soon);
  }

  private static boolean isAtRest(SimulatedClient client) {
    return client.isConnected()
        && client.connection().isReading()
        && client.unanswered().isEmpty()
        && client.work().isDone()
        && (client.view().isLive() || !client.view().watches());
  }

  private String unrest() {
    StringBuilder why = new StringBuilder();
    for (SimulatedClient client : clients) {
      if (!isAtRest(client)) {
        why.append(client.name())
            .append(client.isConnected() ? "" : " is not connected")
            .append(" waits for ")
            .append(client.unanswered().values())
            .append(client.work().isDone() ? "" : ", and is not done")
            .append("; ");
      }
    }
    history.book().stream().filter(Ticket::isLocked).forEach(why::append);
    return why + server.load();
  }

  private void noClaimIsLost(Ticket ticket) {
    check(!history.isLostClaim(ticket), () -> "a claim is lost: " + ticket);
  }
}
