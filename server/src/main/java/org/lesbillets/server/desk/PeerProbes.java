package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Whether the peers of waiting requesters are there to take a lock. One from which nothing arrived
 * for two seconds is pinged, and counts as absent from a second later until something arrives.
 *
 * <p>The desk's thread; at most one probe a waiting requester.
 */
final class PeerProbes {
  /** A peer from which something arrived so recently is not probed. */
  static final Duration FRESH = Duration.ofSeconds(2);

  /** For the answer to a ping. */
  static final Duration ANSWER = Duration.ofSeconds(1);

  /**
   * When a deadline is noticed later than this, the desk did not run, and the time is given again.
   */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final TimeSource time;
  private final Executor turns;
  private final long originNanos;
  private final Map<Requester, Probe> probes = new HashMap<>();

  /** Those whose deadline is still to come, by deadline. */
  private final Deque<Probe> asked = new ArrayDeque<>();

  /** What is known of a peer. */
  enum Presence {
    PRESENT,
    ASKED,
    ABSENT
  }

  private record Probe(Requester requester, long deadlineNanos) {}

  /**
   * @param turns runs a task on the desk's thread
   */
  PeerProbes(TimeSource time, Executor turns) {
    this.time = time;
    this.turns = turns;
    this.originNanos = time.nanos();
  }

  private long elapsedNanos() {
    return time.nanos() - originNanos;
  }

  /**
   * Whether a peer is there; pings it when that is not known.
   *
   * @param onAnswer run on the desk's thread when something arrives from a peer that was pinged
   */
  Presence of(Requester requester, Runnable onAnswer) {
    if (requester.peer().quietNanos() < FRESH.toNanos()) {
      return Presence.PRESENT;
    }
    Probe probe = probes.get(requester);
    if (probe == null) {
      ask(requester);
      requester.peer().probe(() -> turns.execute(() -> answered(requester, onAnswer)));
      return Presence.ASKED;
    }
    return probe.deadlineNanos > elapsedNanos() ? Presence.ASKED : Presence.ABSENT;
  }

  private void ask(Requester requester) {
    Probe probe = new Probe(requester, elapsedNanos() + ANSWER.toNanos());
    probes.put(requester, probe);
    asked.addLast(probe);
  }

  private void answered(Requester requester, Runnable onAnswer) {
    if (probes.remove(requester) != null) {
      onAnswer.run();
    }
  }

  /** Its connection is over. */
  void left(Requester requester) {
    probes.remove(requester);
  }

  /** Whether the deadline of a probe has passed since the last call. */
  boolean isAnyOver() {
    boolean over = false;
    while (!asked.isEmpty() && asked.peekFirst().deadlineNanos <= elapsedNanos()) {
      Probe probe = asked.pollFirst();
      boolean current = probes.get(probe.requester) == probe;
      if (current && elapsedNanos() - probe.deadlineNanos > LATE_NANOS) {
        ask(probe.requester);
      } else {
        over = true;
      }
    }
    return over;
  }

  /** How long until there is one, 0 when there is now; at most {@code most}. */
  long nanosToNext(long most) {
    return asked.isEmpty()
        ? most
        : Math.max(0, Math.min(most, asked.peekFirst().deadlineNanos - elapsedNanos()));
  }
}
