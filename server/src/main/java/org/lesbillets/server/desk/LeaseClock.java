package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;

/**
 * When each lease ends, on the clock that never jumps. Changed by the desk's thread only; anybody
 * may ask what is {@linkplain #left left}. One entry a locked ticket.
 */
final class LeaseClock implements LockTimes {
  private final TimeSource time;
  private final long originNanos;
  private final Map<TicketId, Lease> leases = new ConcurrentHashMap<>();
  private final TreeSet<Lease> alarms =
      new TreeSet<>(Comparator.comparingLong(Lease::alarmNanos).thenComparing(Lease::ticket));

  /**
   * A lease, and when to look at it: at its deadline, or later if its end was not recorded.
   *
   * @param givenUp whether it is over because nobody is there to use the lock
   */
  private record Lease(
      TicketId ticket, long token, long deadlineNanos, long alarmNanos, boolean givenUp) {}

  private final LockWaitQueue waiting;

  LeaseClock(TimeSource time, LockWaitQueue waiting) {
    this.time = time;
    this.waiting = waiting;
    this.originNanos = time.nanos();
  }

  /** Counted from an own origin, so that deadlines can be compared without overflow. */
  private long elapsedNanos() {
    return time.nanos() - originNanos;
  }

  /** Starts the lease of the ticket's lock with its whole ttl, or starts it again. */
  void start(Ticket ticket) {
    TicketLock lock = ticket.lock();
    long deadline = elapsedNanos() + lock.ttl().toNanos();
    put(new Lease(ticket.id(), lock.token(), deadline, deadline, false));
  }

  /** The time of this lock is over now, if it is still held: nobody is there to use it. */
  void giveUp(TicketId ticket, long token) {
    Lease lease = leases.get(ticket);
    if (lease != null && lease.token == token) {
      long now = elapsedNanos();
      put(new Lease(ticket, token, now, now, true));
    }
  }

  /** Whether the ticket's lock was {@linkplain #giveUp given up}. */
  boolean isGivenUp(TicketId ticket) {
    Lease lease = leases.get(ticket);
    return lease != null && lease.givenUp;
  }

  /** The ticket has no lease any more; it may have had none. */
  void end(TicketId ticket) {
    Lease lease = leases.remove(ticket);
    if (lease != null) {
      alarms.remove(lease);
    }
  }

  /** Gives notice again, after {@code delay}, of a lease that is over all the while. */
  void remind(TicketId ticket, Duration delay) {
    Lease lease = leases.get(ticket);
    if (lease != null) {
      long alarm = elapsedNanos() + delay.toNanos();
      put(new Lease(ticket, lease.token, lease.deadlineNanos, alarm, lease.givenUp));
    }
  }

  /** Never takes the old lease away first: somebody may be asking what is left. */
  private void put(Lease lease) {
    Lease old = leases.put(lease.ticket, lease);
    if (old != null) {
      alarms.remove(old);
    }
    alarms.add(lease);
  }

  @Override
  public Duration left(TicketId ticket, long token) {
    Lease lease = leases.get(ticket);
    boolean current = lease != null && lease.token == token;
    long nanos = current ? lease.deadlineNanos - elapsedNanos() : 0;
    return Duration.ofMillis(Math.max(0, (nanos + 999_999) / 1_000_000));
  }

  @Override
  public int waiting(TicketId ticket) {
    return waiting.count(ticket);
  }

  /** Whether the ticket has a lease whose time is over. */
  boolean isOver(TicketId ticket) {
    Lease lease = leases.get(ticket);
    return lease != null && lease.deadlineNanos <= elapsedNanos();
  }

  /** Gives notice of a ticket whose lease is over, once; the longest over first. */
  Optional<TicketId> nextOver() {
    return !alarms.isEmpty() && alarms.first().alarmNanos <= elapsedNanos()
        ? Optional.of(alarms.pollFirst().ticket)
        : Optional.empty();
  }

  /** How long until there is notice to give, 0 when there is now; at most {@code most}. */
  long nanosToNext(long most) {
    return alarms.isEmpty()
        ? most
        : Math.max(0, Math.min(most, alarms.first().alarmNanos - elapsedNanos()));
  }
}
