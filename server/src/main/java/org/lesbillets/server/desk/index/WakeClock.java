package org.lesbillets.server.desk.index;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.server.world.TimeSource;

/**
 * When tickets wake, on the wall clock. Nothing is computed ahead from that clock: it is compared
 * with the earliest time at every look, so that a clock that was set counts from the next look on.
 * While it is suspended, since nothing can be written, none wakes. The desk's thread; one entry per
 * ticket that sleeps.
 */
public final class WakeClock {
  private final TimeSource time;
  private final Map<TicketId, Sleep> sleeps = new HashMap<>();
  private final TreeSet<Sleep> alarms =
      new TreeSet<>(Comparator.comparing(Sleep::alarm).thenComparing(Sleep::ticket));

  private boolean suspended;

  /**
   * A ticket that sleeps.
   *
   * @param alarm when notice is due: at the end, or later if the end was not recorded
   */
  private record Sleep(TicketId ticket, Instant end, Instant alarm) {}

  public WakeClock(TimeSource time) {
    this.time = time;
  }

  /** Follows a ticket after an event. */
  public void follow(Ticket ticket) {
    Instant end = ticket.content().wakeAt();
    Sleep known = sleeps.get(ticket.id());
    if (end == null ? known != null : known == null || !known.end.equals(end)) {
      put(ticket.id(), end == null ? null : new Sleep(ticket.id(), end, end));
    }
  }

  private void put(TicketId ticket, Sleep sleep) {
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
      put(ticket, new Sleep(ticket, sleep.end, sleep.end));
    }
    return over;
  }

  /** Gives notice of a ticket that is to wake, once; the earliest first. */
  public Optional<TicketId> nextOver() {
    return !suspended && !alarms.isEmpty() && !alarms.first().alarm.isAfter(time.now())
        ? Optional.of(alarms.pollFirst().ticket)
        : Optional.empty();
  }

  /** Has {@link #nextOver} give notice once more, after {@code delay}. */
  public void remind(TicketId ticket, Duration delay) {
    Sleep sleep = sleeps.get(ticket);
    if (sleep != null) {
      put(ticket, new Sleep(ticket, sleep.end, time.now().plus(delay)));
    }
  }

  /**
   * Nanoseconds until notice is due by the clock as it is, 0 when overdue; at most {@code most},
   * which is how late a clock that was set is noticed.
   */
  public long nanosToNext(long most) {
    if (suspended || alarms.isEmpty()) {
      return most;
    }
    Duration left = Duration.between(time.now(), alarms.first().alarm);
    return left.isNegative()
        ? 0
        : left.compareTo(Duration.ofNanos(most)) < 0 ? left.toNanos() : most;
  }
}
