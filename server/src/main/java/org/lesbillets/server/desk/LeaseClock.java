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
import org.lesbillets.server.world.TimeSource;

/**
 * The deadlines of leases, on the monotonic clock. Changed by the desk's thread only; any thread
 * may ask for the time {@link #remaining}. One entry per locked ticket.
 *
 * <pre>
 *             start (again: renewed)        deadline, giveUp
 *   (none) -------------------------> RUNNING ------------> OVER --- end ---> (none)
 *                                                           | ^
 *                                                  nextOver v | remind, after a failed append
 *                                                         NOTICED
 * </pre>
 */
final class LeaseClock {
  private final TimeSource time;
  private final long originNanos;
  private final Map<TicketId, Lease> leases = new ConcurrentHashMap<>();
  private final TreeSet<Lease> alarms =
      new TreeSet<>(Comparator.comparingLong(Lease::alarmNanos).thenComparing(Lease::ticket));

  /**
   * A lease.
   *
   * @param alarmNanos when notice is due: at the deadline, or later if the end was not recorded
   * @param givenUp whether it ended early because its holder was gone when it was granted
   */
  private record Lease(
      TicketId ticket, long token, long deadlineNanos, long alarmNanos, boolean givenUp) {}

  LeaseClock(TimeSource time) {
    this.time = time;
    this.originNanos = time.nanos();
  }

  /** Counted from a private origin, so that deadlines compare without overflow. */
  private long elapsedNanos() {
    return time.nanos() - originNanos;
  }

  /** Starts the lease of the ticket's lock with its whole ttl, or restarts it. */
  void start(Ticket ticket) {
    TicketLock lock = ticket.lock();
    long deadline = elapsedNanos() + lock.ttl().toNanos();
    put(new Lease(ticket.id(), lock.token(), deadline, deadline, false));
  }

  /** Ends the lease now, if the lock still has this token: its holder is gone. */
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

  /** Removes the ticket's lease, if it has one. */
  void end(TicketId ticket) {
    Lease lease = leases.remove(ticket);
    if (lease != null) {
      alarms.remove(lease);
    }
  }

  /** Has {@link #nextOver} give notice once more, after {@code delay}. */
  void remind(TicketId ticket, Duration delay) {
    Lease lease = leases.get(ticket);
    if (lease != null) {
      long alarm = elapsedNanos() + delay.toNanos();
      put(new Lease(ticket, lease.token, lease.deadlineNanos, alarm, lease.givenUp));
    }
  }

  /** Replaces without a gap: other threads may be reading what remains. */
  private void put(Lease lease) {
    Lease old = leases.put(lease.ticket, lease);
    if (old != null) {
      alarms.remove(old);
    }
    alarms.add(lease);
  }

  /** How long the lock with this token lasts, in whole milliseconds; zero if it is over. */
  Duration remaining(TicketId ticket, long token) {
    Lease lease = leases.get(ticket);
    boolean current = lease != null && lease.token == token;
    long nanos = current ? lease.deadlineNanos - elapsedNanos() : 0;
    return Duration.ofMillis(Math.max(0, (nanos + 999_999) / 1_000_000));
  }

  /** Whether the ticket has a lease past its deadline. */
  boolean isOver(TicketId ticket) {
    Lease lease = leases.get(ticket);
    return lease != null && lease.deadlineNanos <= elapsedNanos();
  }

  /** Gives notice of a ticket whose lease is over, once; the earliest deadline first. */
  Optional<TicketId> nextOver() {
    return !alarms.isEmpty() && alarms.first().alarmNanos <= elapsedNanos()
        ? Optional.of(alarms.pollFirst().ticket)
        : Optional.empty();
  }

  /** Nanoseconds until notice is due, 0 when overdue; at most {@code most}. */
  long nanosToNext(long most) {
    return alarms.isEmpty()
        ? most
        : Math.max(0, Math.min(most, alarms.first().alarmNanos - elapsedNanos()));
  }
}
