package org.lesbillets.server.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;

/**
 * A run of the simulation that is written down instead of drawn: what one of 42,162 seeds had. A
 * server that was paused reads a new connection of a client before the old one; it must not refuse
 * an operation on the one, and then do it on the other.
 */
class ReconnectScriptTest {
  private static final String KEY = "disk:full";

  private final Latencies latencies = new Latencies();
  private final Scheduler scheduler = new Scheduler(latencies, null);
  private final History history = new History(scheduler);
  private final SimulatedDisk disk = new SimulatedDisk(scheduler, history::durable);
  private final SimulatedNetwork network = new SimulatedNetwork(scheduler);
  private final SimulatedServer server =
      new SimulatedServer(scheduler, network, disk, new NoFaults(), history, Duration.ZERO);
  private final SimulatedClient client =
      new SimulatedClient(
          scheduler,
          network,
          history,
          new View.Profile("alice", "", false, false, false),
          Role.AGENT);

  /** Every thread is at its next round at once, or 40 ms later. */
  private static final class Latencies extends Random {
    private static final long serialVersionUID = 1;
    private boolean slow;

    Latencies() {
      super(1);
    }

    @Override
    public int nextInt(int bound) {
      if (bound == 100) {
        return slow ? 99 : 0;
      }
      // No operation without an id: those are drawn once in five.
      return slow && bound == 40_000_000 || bound == 5 ? bound - 1 : super.nextInt(bound);
    }

    @Override
    public double nextDouble() {
      return 0.5;
    }
  }

  private static final class NoFaults implements SimulatedJournal.Faults {
    @Override
    public long syncNanos() {
      return Scheduler.MILLI / 10;
    }

    @Override
    public boolean failsWrite() {
      return false;
    }

    @Override
    public boolean isBusy() {
      return false;
    }

    @Override
    public boolean conflicts() {
      return false;
    }

    @Override
    public boolean losesOutcome() {
      return false;
    }
  }

  private void until(BooleanSupplier condition) {
    long end = scheduler.nanos() + 5 * Scheduler.SECOND;
    while (!condition.getAsBoolean()) {
      assertTrue(scheduler.step() && scheduler.nanos() < end, "nothing happens any more");
      server.observe();
    }
  }

  private void passes(long nanos) {
    long then = scheduler.nanos() + nanos;
    until(() -> scheduler.nextAt() > then);
  }

  private UUID ask(ClientMessage.Change change) {
    client.work().begin(change);
    return client.unanswered().values().stream()
        .reduce((first, last) -> last)
        .map(request -> request.operation().id())
        .orElseThrow();
  }

  @Test
  void aRefusalIsTheEndOfItsOperation() {
    client.start();
    until(client::isConnected);
    server.process().pause(Scheduler.SECOND);
    latencies.slow = true;
    UUID comment =
        ask(new ClientMessage.CommentTicket("", null, new TicketRef.ByKey(KEY), "it grows"));
    assertNotNull(comment);
    SimulatedConnection old = client.connection();
    client.hangUp(false);
    passes(100 * Scheduler.MILLI);
    latencies.slow = false;
    until(client::isConnected);
    assertTrue(old.isServerOver(), "the new connection has ended the old one");
    UUID raise =
        ask(new ClientMessage.RaiseTicket("", null, KEY, TicketContent.titled("full"), null, null));
    until(() -> history.effect(raise).isPresent() && client.unanswered().isEmpty());
    passes(Scheduler.SECOND);
    assertEquals(Optional.empty(), history.effect(comment), "refused, and not done");
    server.stop();
  }
}
