package org.lesbillets.server.simulation;

import static org.lesbillets.server.simulation.History.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.server.ServerConfig;
import org.lesbillets.server.ServerLimits;
import org.lesbillets.server.TestServer;
import org.lesbillets.server.TicketServer;
import org.lesbillets.server.desk.DeskBook;
import org.lesbillets.server.desk.TicketDesk;
import org.lesbillets.server.websocket.WebSocketServer;

/** One process of the server: the real {@link TicketServer} in a simulated world. One thread. */
final class SimulatedServer {
  private static final long RING_BYTES = 256 * 1024;

  private final SimulatedProcess process;
  private final SimulatedJournal journal;
  private final SimulatedNetwork network;
  private final History history;
  private final TicketServer server;
  private final WebSocketServer.ServerDependencies dependencies;
  private final TicketBook replica = new TicketBook();
  private final long startedAt;

  SimulatedServer(
      Scheduler scheduler,
      SimulatedNetwork network,
      SimulatedDisk disk,
      SimulatedJournal.Faults faults,
      History history,
      Duration wallClock) {
    this.network = network;
    this.history = history;
    this.startedAt = scheduler.nanos();
    this.process = new SimulatedProcess(scheduler);
    process.jump(wallClock);
    this.journal = new SimulatedJournal(process, scheduler, disk, faults);
    ServerConfig config = TestServer.config(ServerLimits.DEFAULT.withRing(RING_BYTES));
    this.server = TicketServer.on(d -> network.listener(process, d), process, journal, config);
    this.dependencies = network.dependencies();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertBookIsReplay();
  }

  SimulatedProcess process() {
    return process;
  }

  long startedAt() {
    return startedAt;
  }

  boolean isReadOnly() {
    return journal.failure() != null;
  }

  private TicketDesk desk() {
    return dependencies.desk();
  }

  /** The book is a replay of the history, up to where the desk is. */
  private void assertBookIsReplay() {
    follow();
    TicketBook book = DeskBook.of(desk());
    check(
        book.revision() == replica.revision(),
        () -> "the desk is at " + book.revision() + ", a replay at " + replica.revision());
    check(
        book.tickets().equals(replica.tickets()), () -> "the desk's book is no replay of its log");
  }

  private Set<TicketId> follow() {
    long revision = desk().revision();
    check(revision <= history.head(), () -> "applied before it was durable: " + revision);
    Set<TicketId> changed = new LinkedHashSet<>();
    for (SimulatedDisk.Entry entry : history.after(replica.revision())) {
      if (entry.revision() > revision) {
        break;
      }
      replica.apply(entry.event());
      changed.add(entry.event().event().ticket().id());
    }
    return changed;
  }

  /** Called after each step. */
  void observe() {
    if (desk().revision() != replica.revision()) {
      for (TicketId id : follow()) {
        Ticket mine = DeskBook.of(desk()).find(id).orElse(null);
        check(
            replica.find(id).orElseThrow().equals(mine),
            () -> "the desk has " + mine + ", a replay " + replica.find(id));
      }
    }
  }

  /** Called every now and then. */
  void inspect() {
    dependencies.alive().get().ifPresent(trouble -> check(false, () -> trouble));
    assertBookIsReplay();
  }

  /** Nothing is left of requests and sessions but those of the connected clients. */
  boolean isIdle(int connected) {
    return desk().unanswered() == 0 && dependencies.sessions().getAsInt() == connected;
  }

  String load() {
    return desk().unanswered() + " unanswered, " + dependencies.sessions().getAsInt() + " sessions";
  }

  void kill(boolean silently) {
    process.kill();
    network.serverKilled(silently);
  }

  /** SIGTERM. */
  void stop() {
    process.await(() -> !process.isPaused(), Duration.ofMinutes(1));
    server.close();
    journal.close();
    process.kill();
    network.serverKilled(false);
  }
}
