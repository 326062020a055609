package org.lesbillets.server.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.WireEvent;

/**
 * What the desk has done, in numbers. Changed by the desk's thread; any thread reads. Lock-free.
 */
public final class DeskMeasures {
  private static final double[] LONG_SECONDS = {
    0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 900, 1_800, 3_600, 14_400, 28_800
  };

  /** How a lock ended: the reasons of its event, and those that have none. */
  private static final String STOLEN = "stolen";

  private static final String RELEASED = "released";

  private final Tally<String> events =
      new Tally<>(
          List.of(
              "TicketCreated",
              "TicketUpdated",
              "TicketLocked",
              "TicketUnlocked",
              "TicketCommented"));
  private final Tally<String> lockEnds =
      new Tally<>(List.of(RELEASED, "expired", "forced", STOLEN));
  private final Distribution holds = Distribution.ofSeconds(LONG_SECONDS);
  private final Distribution waits = Distribution.ofSeconds(LONG_SECONDS);
  private final LongAdder claims = new LongAdder();
  private final LongAdder returned = new LongAdder();
  private final LongAdder open = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private final LongAdder locked = new LongAdder();
  private final LongAdder waitingForLocks = new LongAdder();
  private final LongAdder waitingForClaims = new LongAdder();

  /** A ticket of the journal's snapshot. */
  public void loaded(Ticket ticket) {
    count(ticket, 1);
  }

  private void count(Ticket ticket, int change) {
    if (ticket != null) {
      (ticket.isOpen() ? open : closed).add(change);
      locked.add(ticket.isLocked() ? change : 0);
    }
  }

  public void happened(WireEvent event, Ticket before, Ticket after) {
    events.add(event.type());
    count(before, -1);
    count(after, 1);
    TicketLock ended = before == null ? null : before.lock();
    if (ended != null && (after.lock() == null || after.lock().token() != ended.token())) {
      holds.record(between(ended.since(), event.at()));
      lockEnds.add(reason(event));
    }
    if (event instanceof WireEvent.TicketLocked lock) {
      claims.add(lock.claimed() ? 1 : 0);
      returned.add(lock.returned() ? 1 : 0);
    } else if (event instanceof WireEvent.TicketUnlocked unlock) {
      returned.add(unlock.returned() ? 1 : 0);
    }
  }

  private static long between(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos());
  }

  private static String reason(WireEvent event) {
    if (event instanceof WireEvent.TicketUnlocked unlock) {
      return unlock.reason().wireName();
    }
    return event instanceof WireEvent.TicketLocked ? STOLEN : RELEASED;
  }

  /** A request that waited for its lock has it. */
  public void granted(long waitedNanos) {
    waits.record(waitedNanos);
  }

  /** So many more requests wait for locks; fewer, when negative. */
  public void waitsForLock(int change) {
    waitingForLocks.add(change);
  }

  /** So many more claims wait for a ticket; fewer, when negative. */
  public void waitsForClaim(int change) {
    waitingForClaims.add(change);
  }

  /** Events by their names on the wire. */
  public Tally<String> events() {
    return events;
  }

  /** Ends of locks by reason. */
  public Tally<String> lockEnds() {
    return lockEnds;
  }

  /** How long locks were held, renewals included. */
  public Distribution holds() {
    return holds;
  }

  /** How long requests waited for the locks that they got. */
  public Distribution waits() {
    return waits;
  }

  /** The requests that wait for locks. */
  public long waitingForLocks() {
    return waitingForLocks.sum();
  }

  /** The claims that wait for a ticket. */
  public long waitingForClaims() {
    return waitingForClaims.sum();
  }

  public long claims() {
    return claims.sum();
  }

  /** Claims that went back to the pool. */
  public long returned() {
    return returned.sum();
  }

  public long open() {
    return open.sum();
  }

  public long closed() {
    return closed.sum();
  }

  public long locked() {
    return locked.sum();
  }
}
