package org.lesbillets.server.desk.index;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.server.world.TimeSource;

/**
 * When tickets wake, on the wall clock. Nothing is computed ahead from that clock: it is compared
 * with the earliest time at every look, so that a clock that was set counts from the next look on.
 * While it is suspended, since nothing can be written, none wakes. What is tried again later is, on
 * the monotonic clock. The desk's thread; one entry per ticket that sleeps.
 */
public final class WakeClock {
  private final TimeSource time;
  private final long originNanos;
  private final Map<TicketId, Sleep> sleeps = new HashMap<>();
  private final TreeSet<Sleep> alarms =
      new TreeSet<>(Comparator.comparing(Sleep::end).thenComparing(Sleep::ticket));

  /** When notice is due again of ends that were not recorded, on the monotonic clock. */
  private final Map<TicketId, Long> reminders = new LinkedHashMap<>();

  private boolean suspended;

  /** A ticket that sleeps. */
  private record Sleep(TicketId ticket, Instant end) {}

  public WakeClock(TimeSource time) {
    this.time = time;
    this.originNanos = time.nanos();
  }

  /** Follows a ticket after an event. */
  public void follow(Ticket ticket) {
    Instant end = ticket.content().wakeAt();
    Sleep known = sleeps.get(ticket.id());
    if (end == null ? known != null : known == null || !known.end.equals(end)) {
      put(ticket.id(), end == null ? null : new Sleep(ticket.id(), end));
    }
  }

  private void put(TicketId ticket, Sleep sleep) {
    reminders.remove(ticket);
    Sleep old = sleep == null ? sleeps.remove(ticket) : sleeps.put(ticket, sleep);
    if (old != null) {
      alarms.remove(old);
    }
    if (sleep != null) {
      alarms.add(sleep);
    }
  }

  /** Suspends the clock, or lets it run again. */
  public void suspend(boolean suspend) {
    suspended = suspend;
  }

  /**
   * Whether the ticket sleeps past its time. If it sleeps on, although notice was given, {@link
   * #nextOver} gives notice at the end once more: the clock was suspended since, or set back.
   */
  public boolean isOver(TicketId ticket) {
    Sleep sleep = sleeps.get(ticket);
    boolean over = sleep != null && !suspended && !sleep.end.isAfter(time.now());
    if (sleep != null && !over) {
      put(ticket, sleep);
    }
    return over;
  }

  /** Gives notice of a ticket that is to wake, once; the earliest first. */
  public Optional<TicketId> nextOver() {
    if (suspended) {
      return Optional.empty();
    }
    Iterator<Map.Entry<TicketId, Long>> again = reminders.entrySet().iterator();
    if (again.hasNext() && nanosToReminder(1) == 0) {
      TicketId ticket = again.next().getKey();
      again.remove();
      return Optional.of(ticket);
    }
    return !alarms.isEmpty() && !alarms.first().end.isAfter(time.now())
        ? Optional.of(alarms.pollFirst().ticket)
        : Optional.empty();
  }

  /**
   * Has {@link #nextOver} give notice once more.
   *
   * @param delay the same at every call
   */
  public void remind(TicketId ticket, Duration delay) {
    Sleep sleep = sleeps.get(ticket);
    if (sleep != null) {
      alarms.remove(sleep);
      reminders.remove(ticket);
      reminders.put(ticket, elapsedNanos() + delay.toNanos());
    }
  }

  /** Counted from a private origin, so that times compare without overflow. */
  private long elapsedNanos() {
    return time.nanos() - originNanos;
  }

  private long nanosToReminder(long most) {
    return reminders.isEmpty()
        ? most
        : Math.max(0, Math.min(most, reminders.values().iterator().next() - elapsedNanos()));
  }

  /**
   * Nanoseconds until notice is due by the clock as it is, 0 when overdue; at most {@code most},
   * which is how late a clock that was set is noticed.
   */
  public long nanosToNext(long most) {
    if (suspended) {
      return most;
    }
    long next = nanosToReminder(most);
    if (alarms.isEmpty()) {
      return next;
    }
    Duration left = Duration.between(time.now(), alarms.first().end);
    return left.isNegative()
        ? 0
        : left.compareTo(Duration.ofNanos(next)) < 0 ? left.toNanos() : next;
  }
}
