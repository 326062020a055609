package org.lesbillets.server.desk.index;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
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
 * <p>After a pause of this process every lease has its full ttl again, as after a restart, since
 * its holder could not renew it; once for each grant or renewal, so that the lease of a dead holder
 * ends even if one pause follows another.
 *
 * <p>While it is suspended, since nothing can be written and so no lease be renewed, none ends
 * either; what follows is as after a pause, and those that were extended before last as long as
 * they did when it was suspended. Notice of those that are over is then given again.
 *
 * <p>While the clock is held no lease ends but those that {@link #expire}; then each of the others
 * has its full ttl again, as after a restart, and notice is given again as above.
 *
 * <pre>
 *             start (again: renewed)        deadline, giveUp, expire
 *   (none) -------------------------> RUNNING ------------> OVER --- end ---> (none)
 *                                                           | ^
 *                                                  nextOver v | remind, after a failed append
 *                                                         NOTICED
 * </pre>
 */
public final class LeaseClock {
  private static final long RUNS = Long.MAX_VALUE;

  private final TimeSource time;
  private final long originNanos;
  private final Map<TicketId, Lease> leases = new ConcurrentHashMap<>();
  private final TreeSet<Lease> alarms = byAlarm();

  /** Of those that end although the clock is held. */
  private final TreeSet<Lease> expired = byAlarm();

  /** The number of pauses after which leases were extended. */
  private long pauses;

  private volatile boolean held;

  /** When it was suspended; {@link #RUNS} while it is not. */
  private volatile long suspendedAtNanos = RUNS;

  /**
   * A lease.
   *
   * @param alarmNanos when notice is due: at the deadline, or later if the end was not recorded
   * @param state a lease that was extended, or given up, is not extended again
   */
  private record Lease(TicketId ticket, long token, Term term, long alarmNanos, LeaseState state) {
    long deadlineNanos() {
      return term.deadlineNanos;
    }

    /** The same with the time it had left, at most its ttl, when the clock was suspended. */
    Lease resumed(long sinceNanos, long nowNanos) {
      long deadline = nowNanos + Math.min(term.deadlineNanos - sinceNanos, term.ttlNanos);
      return new Lease(ticket, token, new Term(term.ttlNanos, deadline), deadline, state);
    }

    boolean canExpire() {
      return state == LeaseState.REGULAR || state == LeaseState.EXTENDED;
    }
  }

  private record Term(long ttlNanos, long deadlineNanos) {}

  private enum LeaseState {
    /** As it was granted or renewed. */
    REGULAR,
    /** Restarted after a pause since then. */
    EXTENDED,
    /** Ended early, because its holder was gone when it was granted. */
    GIVEN_UP,
    /** Ended early, because what it was granted for has ended. */
    EXPIRED
  }

  public LeaseClock(TimeSource time) {
    this.time = time;
    this.originNanos = time.nanos();
    this.pauses = time.pauses();
  }

  private static TreeSet<Lease> byAlarm() {
    return new TreeSet<>(Comparator.comparingLong(Lease::alarmNanos).thenComparing(Lease::ticket));
  }

  private TreeSet<Lease> alarmsOf(Lease lease) {
    return lease.state == LeaseState.EXPIRED ? expired : alarms;
  }

  /** Counted from a private origin, so that deadlines compare without overflow. */
  private long elapsedNanos() {
    return time.nanos() - originNanos;
  }

  /** Starts the lease of the ticket's lock with its whole ttl, or restarts it. */
  public void start(Ticket ticket) {
    TicketLock lock = ticket.lock();
    start(ticket.id(), lock.token(), lock.ttl().toNanos(), LeaseState.REGULAR);
  }

  private void start(TicketId ticket, long token, long ttlNanos, LeaseState state) {
    long deadline = elapsedNanos() + ttlNanos;
    put(new Lease(ticket, token, new Term(ttlNanos, deadline), deadline, state));
  }

  /** Extends the leases, if there was a pause since the last call. */
  private void extendAfterPause() {
    long now = time.pauses();
    if (now != pauses) {
      pauses = now;
      extend();
    }
  }

  private void extend() {
    List.copyOf(leases.values()).stream()
        .filter(lease -> lease.state == LeaseState.REGULAR)
        .forEach(
            lease -> start(lease.ticket, lease.token, lease.term.ttlNanos, LeaseState.EXTENDED));
  }

  /** Has {@link #nextOver} give notice of all once more: nothing came of it while none was over. */
  private void remindAll() {
    List.copyOf(leases.values())
        .forEach(
            lease ->
                put(
                    new Lease(
                        lease.ticket,
                        lease.token,
                        lease.term,
                        lease.deadlineNanos(),
                        lease.state)));
  }

  /** Suspends the clock, or lets it run again. */
  public void suspend(boolean suspend) {
    if (suspend == isSuspended()) {
      return;
    }
    long since = suspendedAtNanos;
    long now = elapsedNanos();
    // Before the leases are longer: a concurrent reader gets less, never more.
    suspendedAtNanos = suspend ? now : RUNS;
    if (!suspend) {
      List.copyOf(leases.values()).stream()
          .filter(lease -> lease.state == LeaseState.EXTENDED && lease.deadlineNanos() > since)
          .forEach(lease -> put(lease.resumed(since, now)));
      extend();
      remindAll();
    }
  }

  private boolean isSuspended() {
    return suspendedAtNanos != RUNS;
  }

  private boolean stands() {
    return held || isSuspended();
  }

  /** Holds the clock, or lets it run again. */
  public void hold(boolean hold) {
    if (held && !hold) {
      List.copyOf(leases.values()).stream()
          .filter(Lease::canExpire)
          .forEach(lease -> start(lease.ticket, lease.token, lease.term.ttlNanos, lease.state));
      remindAll();
    }
    held = hold;
  }

  /** Ends the lease now, if the lock still has this token: its holder is gone. */
  public void giveUp(TicketId ticket, long token) {
    Lease lease = leases.get(ticket);
    if (lease != null && lease.token == token) {
      long now = elapsedNanos();
      put(new Lease(ticket, token, new Term(0, now), now, LeaseState.GIVEN_UP));
    }
  }

  /** Ends the lease now, if the lock still has this token, also while the clock is held. */
  public void expire(TicketId ticket, long token) {
    Lease lease = leases.get(ticket);
    long now = elapsedNanos();
    if (lease != null && lease.token == token && lease.canExpire()) {
      put(new Lease(ticket, token, new Term(0, now), now, LeaseState.EXPIRED));
    }
  }

  /** Whether the ticket's lock was {@linkplain #giveUp given up}. */
  public boolean isGivenUp(TicketId ticket) {
    Lease lease = leases.get(ticket);
    return lease != null && lease.state == LeaseState.GIVEN_UP;
  }

  /** Removes the ticket's lease, if it has one. */
  public void end(TicketId ticket) {
    Lease lease = leases.remove(ticket);
    if (lease != null) {
      alarmsOf(lease).remove(lease);
    }
  }

  /** Has {@link #nextOver} give notice once more, after {@code delay}. */
  public void remind(TicketId ticket, Duration delay) {
    Lease lease = leases.get(ticket);
    if (lease != null) {
      long alarm = elapsedNanos() + delay.toNanos();
      put(new Lease(ticket, lease.token, lease.term, alarm, lease.state));
    }
  }

  /** Replaces without a gap: other threads may be reading what remains. */
  private void put(Lease lease) {
    Lease old = leases.put(lease.ticket, lease);
    if (old != null) {
      alarmsOf(old).remove(old);
    }
    alarmsOf(lease).add(lease);
  }

  /** How long the lock with this token lasts, in whole milliseconds; zero if it is over. */
  public Duration remaining(TicketId ticket, long token) {
    Lease lease = leases.get(ticket);
    long nanos = lease != null && lease.token == token ? remainingNanos(lease) : 0;
    return Duration.ofMillis(Math.max(0, (nanos + 999_999) / 1_000_000));
  }

  /** Of a clock that stands, what the lease has left when it runs again, at least. */
  private long remainingNanos(Lease lease) {
    long since = suspendedAtNanos;
    if (held) {
      return lease.term.ttlNanos;
    }
    long left = lease.deadlineNanos() - (since == RUNS ? elapsedNanos() : since);
    boolean whole = since != RUNS && lease.state == LeaseState.REGULAR && left > 0;
    return whole ? lease.term.ttlNanos : Math.min(left, lease.term.ttlNanos);
  }

  /** Whether the ticket has a lease past its deadline. */
  public boolean isOver(TicketId ticket) {
    extendAfterPause();
    Lease lease = leases.get(ticket);
    return lease != null
        && !isSuspended()
        && (!held || lease.state == LeaseState.EXPIRED)
        && lease.deadlineNanos() <= elapsedNanos();
  }

  /** Gives notice of a ticket whose lease is over, once; the earliest deadline first. */
  public Optional<TicketId> nextOver() {
    extendAfterPause();
    long now = elapsedNanos();
    if (!isSuspended() && !expired.isEmpty() && expired.first().alarmNanos <= now) {
      return Optional.of(expired.pollFirst().ticket);
    }
    return !stands() && !alarms.isEmpty() && alarms.first().alarmNanos <= now
        ? Optional.of(alarms.pollFirst().ticket)
        : Optional.empty();
  }

  /** Nanoseconds until notice is due, 0 when overdue; at most {@code most}. */
  public long nanosToNext(long most) {
    long alarm = isSuspended() || expired.isEmpty() ? Long.MAX_VALUE : expired.first().alarmNanos;
    if (!stands() && !alarms.isEmpty()) {
      alarm = Math.min(alarm, alarms.first().alarmNanos);
    }
    return alarm == Long.MAX_VALUE ? most : Math.max(0, Math.min(most, alarm - elapsedNanos()));
  }
}
