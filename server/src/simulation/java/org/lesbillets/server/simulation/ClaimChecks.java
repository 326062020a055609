package org.lesbillets.server.simulation;

import static org.lesbillets.server.simulation.History.check;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.query.QueryContext;

/**
 * What is promised to claims that wait: a ticket goes to the first to arrive whose query matches,
 * none rests while one waits for it, and none stays with a connection that is gone. What an
 * obstacle of the server may excuse is not judged. One thread.
 */
final class ClaimChecks {
  /** The time that a grant, a search, a probe and a sweep take together. */
  private static final long SLACK = 4 * Scheduler.SECOND;

  /** A claim that is passed over is about to get another ticket, at most so much later. */
  private static final long GRANT = Scheduler.SECOND / 2;

  private final Scheduler scheduler;
  private final History history;
  private final List<SimulatedClient> clients;
  private final Supplier<SimulatedServer> server;
  private final LongSupplier disturbedAt;

  /** Tokens of claims that were granted to a connection that was gone, and when. */
  private final Map<Long, Gone> gone = new HashMap<>();

  private record Gone(Work.Operation claim, long since) {}

  /**
   * @param server of the moment, or null
   * @param disturbedAt the last time that something kept the server from its work, or that its wall
   *     clock was set
   */
  ClaimChecks(
      Scheduler scheduler,
      History history,
      List<SimulatedClient> clients,
      Supplier<SimulatedServer> server,
      LongSupplier disturbedAt) {
    this.scheduler = scheduler;
    this.history = history;
    this.clients = clients;
    this.server = server;
    this.disturbedAt = disturbedAt;
  }

  /** A ticket was claimed. */
  void granted(SimulatedDisk.Entry entry, WireEvent.TicketLocked claimed, Ticket before) {
    UUID id = entry.operation() == null ? null : entry.operation().id();
    Work.Operation winner =
        clients.stream()
            .map(client -> client.work().operation(id))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(null);
    if (winner == null || server.get() == null) {
      return;
    }
    winner.granted();
    SimulatedConnection over = winner.arrivedOver();
    if (winner.patience() != null && over.isServerOver() && isOfNow(over)) {
      gone.put(claimed.ticket().lock().token(), new Gone(winner, scheduler.nanos()));
    }
    for (SimulatedClient other : clients) {
      for (Work.Operation waits : other.waitingClaims()) {
        if (waits.arrivedAt() + GRANT < winner.firstArrivedAt()
            && isEntitled(waits, other, before, GRANT)) {
          passedOver(waits, claimed, winner);
        }
      }
    }
  }

  private void passedOver(Work.Operation waits, WireEvent.TicketLocked by, Work.Operation winner) {
    long then = scheduler.nanos();
    scheduler.after(
        GRANT,
        () ->
            check(
                waits.isGranted()
                    || waits.isOver()
                    || disturbedAt.getAsLong() >= then
                    || server.get() == null
                    || !isUndisturbed(waits),
                () -> winner + " got ticket " + by.ticket().number() + " before " + waits));
  }

  private boolean isOfNow(SimulatedConnection connection) {
    return server.get() != null && connection.process() == server.get().process();
  }

  private boolean isUndisturbed(Work.Operation waits) {
    SimulatedConnection over = waits.arrivedOver();
    return over != null && over.isUndisturbed() && !over.isServerOver() && isOfNow(over);
  }

  /** Whether the ticket is for this one, for so long already that nothing excuses the server. */
  private boolean isEntitled(
      Work.Operation waits, SimulatedClient client, Ticket ticket, long slack) {
    long now = scheduler.nanos();
    return isUndisturbed(waits)
        && disturbedAt.getAsLong() + slack < now
        && waits.arrivedAt() + slack < now
        && now + slack < waits.deadline()
        && matches(waits, client, ticket, slack);
  }

  private boolean matches(Work.Operation waits, SimulatedClient client, Ticket ticket, long slack) {
    if (waits.query() == null) {
      return true;
    }
    Instant now = server.get().process().now();
    Instant earlier = now.minusNanos(slack);
    return (slack >= SLACK || !waits.query().mentionsTime())
        && waits.query().matches(ticket, new QueryContext(client.agent(), now))
        && waits.query().matches(ticket, new QueryContext(client.agent(), earlier));
  }

  /** A lock has ended: no lease has to run out for one who was gone before it was granted. */
  void unlocked(WireEvent.TicketUnlocked unlocked) {
    Gone owed = gone.remove(unlocked.ended().token());
    check(
        owed == null
            || unlocked.reason() != UnlockReason.EXPIRED
            || owed.claim.arrivedAt() > owed.since
            || disturbedAt.getAsLong() >= owed.since
            || !isOfNow(owed.claim.arrivedOver()),
        () -> "kept for " + owed.claim + ", which was gone: " + unlocked);
  }

  /** No ticket rests while a claim waits for it. Called every now and then. */
  void inspect() {
    for (Ticket ticket : history.book().tickets()) {
      if (ticket.isClaimable() && history.changedAt(ticket.id()) + SLACK < scheduler.nanos()) {
        for (SimulatedClient client : clients) {
          for (Work.Operation waits : client.waitingClaims()) {
            check(
                !isEntitled(waits, client, ticket, SLACK),
                () -> waits + " of " + client.name() + " waits, though there is " + ticket);
          }
        }
      }
    }
  }
}
