package org.lesbillets.server.desk.index;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.server.work.Slice;
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
 * <p>A sweep through all leases does that, one slice in each {@link #nextOver}; during it none
 * ends.
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

  /** Leases between two looks at the time. */
  private static final int BATCH = 64;

  private final TimeSource time;
  private final long originNanos;
  private final Map<TicketId, TimedLease> leases = new ConcurrentHashMap<>();
  private final TreeSet<TimedLease> alarms = byAlarm();

  /** Of those that end although the clock is held. */
  private final TreeSet<TimedLease> expired = byAlarm();

  /** The number of pauses after which leases were extended. */
  private long pauses;

  private volatile boolean held;

  /** When it was suspended; {@link #RUNS} while it is not. */
  private volatile long suspendedAtNanos = RUNS;

  /** Goes through all leases, or null; and what is to be done when it has. */
  private volatile LeaseSweep sweep;

  private LeaseSweep next;

  public LeaseClock(TimeSource time) {
    this.time = time;
    this.originNanos = time.nanos();
    this.pauses = time.pauses();
  }

  private static TreeSet<TimedLease> byAlarm() {
    return new TreeSet<>(
        Comparator.comparingLong(TimedLease::alarmNanos).thenComparing(TimedLease::ticket));
  }

  private TreeSet<TimedLease> alarmsOf(TimedLease lease) {
    return lease.state() == TimedLease.State.EXPIRED ? expired : alarms;
  }

  /** Counted from a private origin, so that deadlines compare without overflow. */
  private long elapsedNanos() {
    return time.nanos() - originNanos;
  }

  /** Starts the lease of the ticket's lock with its whole ttl, or restarts it. */
  public void start(Ticket ticket) {
    TicketLock lock = ticket.lock();
    start(ticket.id(), lock.token(), lock.ttl().toNanos(), TimedLease.State.REGULAR);
  }

  private void start(TicketId ticket, long token, long ttlNanos, TimedLease.State state) {
    long deadline = elapsedNanos() + ttlNanos;
    put(new TimedLease(ticket, token, new TimedLease.Term(ttlNanos, deadline), deadline, state));
  }

  /** Extends the leases, if there was a pause since the last call. */
  private void extendAfterPause() {
    if (time.pauses() != pauses) {
      pauses = time.pauses();
      begin(RUNS, false, false);
    }
  }

  /** Goes through all leases, after the sweep that is under way; the first slice now. */
  private void begin(long sinceNanos, boolean restarts, boolean reminds) {
    LeaseSweep all =
        new LeaseSweep(leases.values().iterator(), elapsedNanos(), sinceNanos, restarts, reminds);
    if (sweep == null) {
      sweep = all;
    } else {
      next = next == null ? all : next.with(all);
    }
    sweep();
  }

  /** Continues the sweeps for one slice, if there are any. */
  private void sweep() {
    Slice slice = new Slice(time::nanos);
    while (sweep != null) {
      for (int i = 0; i < BATCH && sweep.leases().hasNext(); i++) {
        sweep(sweep.leases().next().ticket());
      }
      if (!sweep.leases().hasNext()) {
        sweep = next;
        next = null;
      }
      if (slice.isOver()) {
        return;
      }
    }
  }

  /** What the iterator fetched for later may have ended, or been replaced: the map says what is. */
  private void sweep(TicketId ticket) {
    TimedLease lease = leases.get(ticket);
    if (lease == null || sweep.isBefore(lease)) {
      return;
    }
    boolean wasExtended = lease.state() == TimedLease.State.EXTENDED;
    if (sweep.restarts() ? lease.canExpire() : lease.state() == TimedLease.State.REGULAR) {
      TimedLease.State state = sweep.restarts() ? lease.state() : TimedLease.State.EXTENDED;
      start(lease.ticket(), lease.token(), lease.term().ttlNanos(), state);
    } else if (wasExtended && lease.deadlineNanos() > sweep.sinceNanos()) {
      put(lease.resumed(sweep.sinceNanos(), elapsedNanos()));
    } else if (sweep.reminds()) {
      put(lease.dueAt(lease.deadlineNanos()));
    }
  }

  /** Suspends the clock, or lets it run again. */
  public void suspend(boolean suspend) {
    if (suspend != isSuspended()) {
      long since = suspendedAtNanos;
      // Before the leases are longer: a concurrent reader gets less, never more.
      suspendedAtNanos = suspend ? elapsedNanos() : RUNS;
      if (!suspend) {
        begin(since, false, true);
      }
    }
  }

  private boolean isSuspended() {
    return suspendedAtNanos != RUNS;
  }

  private boolean stands() {
    return held || isSuspended() || sweep != null;
  }

  /** Holds the clock, or lets it run again. */
  public void hold(boolean hold) {
    if (held && !hold) {
      begin(RUNS, true, true);
    }
    held = hold;
  }

  /** Ends the lease now, if the lock still has this token: its holder is gone. */
  public void giveUp(TicketId ticket, long token) {
    TimedLease lease = leases.get(ticket);
    if (lease != null && lease.token() == token) {
      long now = elapsedNanos();
      put(
          new TimedLease(
              ticket, token, new TimedLease.Term(0, now), now, TimedLease.State.GIVEN_UP));
    }
  }

  /** Ends the lease now, if the lock still has this token, also while the clock is held. */
  public void expire(TicketId ticket, long token) {
    TimedLease lease = leases.get(ticket);
    long now = elapsedNanos();
    if (lease != null && lease.token() == token && lease.canExpire()) {
      put(
          new TimedLease(
              ticket, token, new TimedLease.Term(0, now), now, TimedLease.State.EXPIRED));
    }
  }

  /** Whether the ticket's lock was {@linkplain #giveUp given up}. */
  public boolean isGivenUp(TicketId ticket) {
    TimedLease lease = leases.get(ticket);
    return lease != null && lease.state() == TimedLease.State.GIVEN_UP;
  }

  /** Removes the ticket's lease, if it has one. */
  public void end(TicketId ticket) {
    TimedLease lease = leases.remove(ticket);
    if (lease != null) {
      alarmsOf(lease).remove(lease);
    }
  }

  /** Has {@link #nextOver} give notice once more, after {@code delay}. */
  public void remind(TicketId ticket, Duration delay) {
    TimedLease lease = leases.get(ticket);
    if (lease != null) {
      put(lease.dueAt(elapsedNanos() + delay.toNanos()));
    }
  }

  /** Replaces without a gap: other threads may be reading what remains. */
  private void put(TimedLease lease) {
    TimedLease old = leases.put(lease.ticket(), lease);
    if (old != null) {
      alarmsOf(old).remove(old);
    }
    alarmsOf(lease).add(lease);
  }

  /** How long the lock with this token lasts, in whole milliseconds; zero if it is over. */
  public Duration remaining(TicketId ticket, long token) {
    TimedLease lease = leases.get(ticket);
    long nanos = lease != null && lease.token() == token ? remainingNanos(lease) : 0;
    return Duration.ofMillis(Math.max(0, (nanos + 999_999) / 1_000_000));
  }

  /** Of a clock that stands, what the lease has left when it runs again, at least. */
  private long remainingNanos(TimedLease lease) {
    long since = suspendedAtNanos;
    LeaseSweep under = sweep;
    boolean regular = lease.state() == TimedLease.State.REGULAR;
    if (held || under != null && regular && !under.isBefore(lease)) {
      return lease.term().ttlNanos();
    }
    long left = lease.deadlineNanos() - (since == RUNS ? elapsedNanos() : since);
    boolean whole = since != RUNS && regular && left > 0;
    return whole ? lease.term().ttlNanos() : Math.min(left, lease.term().ttlNanos());
  }

  /** Whether the ticket has a lease past its deadline. */
  public boolean isOver(TicketId ticket) {
    extendAfterPause();
    TimedLease lease = leases.get(ticket);
    return lease != null
        && !isSuspended()
        && sweep == null
        && (!held || lease.state() == TimedLease.State.EXPIRED)
        && lease.deadlineNanos() <= elapsedNanos();
  }

  /** Gives notice of a ticket whose lease is over, once; the earliest deadline first. */
  public Optional<TicketId> nextOver() {
    extendAfterPause();
    sweep();
    long now = elapsedNanos();
    if (sweep != null) {
      return Optional.empty();
    }
    if (!isSuspended() && !expired.isEmpty() && expired.first().alarmNanos() <= now) {
      return Optional.of(expired.pollFirst().ticket());
    }
    return !stands() && !alarms.isEmpty() && alarms.first().alarmNanos() <= now
        ? Optional.of(alarms.pollFirst().ticket())
        : Optional.empty();
  }

  /** Nanoseconds until notice is due, 0 when overdue; at most {@code most}. */
  public long nanosToNext(long most) {
    if (sweep != null) {
      return 0;
    }
    long alarm = isSuspended() || expired.isEmpty() ? Long.MAX_VALUE : expired.first().alarmNanos();
    if (!stands() && !alarms.isEmpty()) {
      alarm = Math.min(alarm, alarms.first().alarmNanos());
    }
    return alarm == Long.MAX_VALUE ? most : Math.max(0, Math.min(most, alarm - elapsedNanos()));
  }
}
