package org.lesbillets.server.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ServerMessage;

/**
 * How early and how late leases end, by the clock of somebody who is told of every event. Knows
 * that a server that was started again gives each lease its whole time again. One thread; holds one
 * lease a ticket, what was not found again after a restart, and the end of each.
 */
final class LeaseTimes {
  /**
   * What was to end sooner than this after the connection was cut may have ended before, untold.
   */
  private static final long DOUBT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final Duration JUMP = Duration.ofMinutes(30);

  private final Map<Long, Lease> leases = new HashMap<>();
  private final Map<Long, Lease> cut = new HashMap<>();
  private final List<Missing> missing = new ArrayList<>();
  private final Map<Long, Long> ends = new HashMap<>();
  private long cutNanos;
  private long earliestNanos;
  private long latestNanos;
  private int measured;
  private int overJumps;
  private int overDowntime;
  private int cutShort;

  /**
   * A lease that is running.
   *
   * @param at the server's wall clock at its beginning; null if it was not told
   * @param overDowntime whether its end would have come while the server was down
   */
  private record Lease(
      long token,
      long heardNanos,
      long untilNanos,
      Duration ttl,
      Instant at,
      boolean overDowntime) {}

  /**
   * A lease that ran when the server died, and was gone when it was back: sooner than time could
   * have ended it.
   *
   * @param revision at which it was gone
   */
  private record Missing(long token, long revision) {}

  /**
   * What was found.
   *
   * @param measured how many leases were seen to run out
   * @param overJumps how many of them while the server's wall clock moved by half an hour or more
   * @param overDowntime how many of them would have run out while the server was down
   * @param cutShort how many did not get their whole time again after a restart
   * @param earliestMillis how early the earliest ended, 0 or more
   * @param latestMillis how late the latest ended, or had not ended yet, 0 or more
   */
  record Findings(
      int measured,
      int overJumps,
      int overDowntime,
      int cutShort,
      long earliestMillis,
      long latestMillis) {}

  /** An event was heard. */
  void hear(SequencedEvent event, long now) {
    long ticket = event.event().ticket().number();
    Lease lease = leases.get(ticket);
    if (lease != null) {
      noLaterThan(lease, now);
      if (EventWords.isExpiry(event)) {
        measure(lease, event.event().at(), now);
        ends.put(lease.token, now);
      }
    }
    TicketLock lock = event.event().ticket().lock();
    if (lock == null) {
      leases.remove(ticket);
    } else if (event.event() instanceof WireEvent.TicketLocked locked) {
      long until = now + lock.ttl().toNanos();
      leases.put(ticket, new Lease(lock.token(), now, until, lock.ttl(), locked.at(), false));
    }
  }

  private void noLaterThan(Lease lease, long now) {
    latestNanos = Math.max(latestNanos, now - lease.untilNanos);
  }

  private void measure(Lease lease, Instant at, long now) {
    earliestNanos = Math.max(earliestNanos, lease.untilNanos - now);
    measured++;
    overDowntime += lease.overDowntime ? 1 : 0;
    if (lease.at != null) {
      Duration jumped = Duration.between(lease.at, at).minusNanos(now - lease.heardNanos).abs();
      overJumps += jumped.compareTo(JUMP) > 0 ? 1 : 0;
    }
  }

  /** The connection was cut: nothing is heard until the next snapshot. */
  void cut(long now) {
    leases.values().forEach(lease -> noLaterThan(lease, now));
    if (!leases.isEmpty()) {
      cutNanos = now;
      cut.putAll(leases);
      leases.clear();
    }
  }

  /**
   * A snapshot was told by a server.
   *
   * @param started when that server was started, or before
   */
  void begin(ServerMessage.AllTickets snapshot, long started, long now) {
    for (Ticket ticket : snapshot.tickets()) {
      Lease before = cut.remove(ticket.number());
      TicketLock lock = ticket.lock();
      if (before != null && (lock == null || lock.token() != before.token)) {
        gone(before, snapshot.revision(), now - started);
      }
      if (lock != null) {
        goesOn(ticket, before, started, now);
      }
    }
  }

  private void gone(Lease lease, long revision, long upNanos) {
    boolean ranOn = lease.untilNanos - cutNanos > DOUBT_NANOS;
    if (ranOn && upNanos < lease.ttl.toNanos()) {
      missing.add(new Missing(lease.token, revision));
    }
  }

  private void goesOn(Ticket ticket, Lease before, long started, long now) {
    TicketLock lock = ticket.lock();
    long until = now + lock.expiresIn().toNanos();
    cutShort += until < started + lock.ttl().toNanos() ? 1 : 0;
    boolean overDowntime =
        before != null && before.token == lock.token() && before.untilNanos < started;
    leases.put(
        ticket.number(), new Lease(lock.token(), now, until, lock.ttl(), null, overDowntime));
  }

  /** When it was heard that leases had run out, by the tokens of their locks. */
  Map<Long, Long> ends() {
    return Map.copyOf(ends);
  }

  /** What was found, knowing all that happened. */
  Findings findings(List<SequencedEvent> history) {
    Map<Long, Long> expiries = new HashMap<>();
    for (SequencedEvent event : history) {
      if (EventWords.isExpiry(event)) {
        long token = ((WireEvent.TicketUnlocked) event.event()).ended().token();
        expiries.put(token, event.revision());
      }
    }
    long endedAtOnce =
        missing.stream()
            .filter(l -> expiries.getOrDefault(l.token, Long.MAX_VALUE) <= l.revision)
            .count();
    return new Findings(
        measured,
        overJumps,
        overDowntime,
        cutShort + (int) endedAtOnce,
        TimeUnit.NANOSECONDS.toMillis(earliestNanos),
        TimeUnit.NANOSECONDS.toMillis(latestNanos));
  }
}
