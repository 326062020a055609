package org.lesbillets.server.desk.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.world.TimeSource;

/**
 * Liveness probes of the peers of waiting requesters. A peer from which nothing arrived for two
 * seconds is pinged; it counts as absent when nothing arrives within another second, and as present
 * as soon as something does.
 *
 * <pre>
 *              quiet for 2 s: ping            1 s passes
 *   PRESENT ------------------------> ASKED --------------> ABSENT
 *      ^                                |                      |
 *      +------------ any byte ----------+----------------------+
 * </pre>
 *
 * <p>The desk's thread; at most one probe a requester.
 */
public final class PeerProbes {
  /** A peer from which something arrived so recently is not probed. */
  static final Duration FRESH = Duration.ofSeconds(2);

  /** Timeout of a ping. */
  static final Duration ANSWER = Duration.ofSeconds(1);

  /** Bound on the waiters of one search that are probed at a time. */
  private static final int MAX_PROBES = 64;

  /** A timeout noticed later than this: the desk itself was paused, and the peer is asked again. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final TimeSource time;
  private final Executor desk;
  private final Consumer<Requester> onAnswer;
  private final long originNanos;
  private final Map<Requester, Probe> probes = new HashMap<>();

  /** Probes whose deadline is still ahead, by deadline. */
  private final Deque<Probe> asked = new ArrayDeque<>();

  public enum Presence {
    PRESENT,
    ASKED,
    ABSENT
  }

  /**
   * The first of some waiters that is not absent.
   *
   * @param presence PRESENT, or ASKED while that is not known
   */
  public record Candidate(WaitQueue.Waiter waiter, Presence presence) {}

  private record Probe(Requester requester, long deadlineNanos) {}

  /**
   * @param desk runs tasks on the desk's thread
   * @param onAnswer callback on the desk's thread, when something arrives from a pinged peer
   */
  public PeerProbes(TimeSource time, Executor desk, Consumer<Requester> onAnswer) {
    this.time = time;
    this.desk = desk;
    this.onAnswer = onAnswer;
    this.originNanos = time.nanos();
  }

  private long elapsedNanos() {
    return time.nanos() - originNanos;
  }

  /**
   * The waiter whose turn it is, or null if all are absent. Probes at once, up to a bound, all
   * whose presence matters.
   *
   * @param waiters in their order
   */
  Candidate first(Iterable<WaitQueue.Waiter> waiters) {
    Search search = new Search();
    search.look(waiters, absent -> {});
    return search.first();
  }

  /**
   * A search for the first in line of several queues that is not absent. Probes at once, up to a
   * bound, all whose presence matters.
   */
  public final class Search {
    private Candidate first;
    private long present = Long.MAX_VALUE;
    private int asked;

    /** The first so far, or null. */
    public Candidate first() {
      return first;
    }

    /** Waiters at this place and at later ones do not matter. */
    public long end() {
      return asked < MAX_PROBES ? present : first.waiter().ordinal();
    }

    /**
     * Looks at one more queue.
     *
     * @param waiters in their order
     * @param onAbsent takes those that are passed over
     */
    public void look(Iterable<WaitQueue.Waiter> waiters, Consumer<WaitQueue.Waiter> onAbsent) {
      for (WaitQueue.Waiter waiter : waiters) {
        if (waiter.ordinal() >= end()) {
          break;
        }
        Presence presence = of(waiter.request().requester());
        switch (presence) {
          case ABSENT -> onAbsent.accept(waiter);
          case ASKED -> asked++;
          case PRESENT -> present = waiter.ordinal();
        }
        boolean isFirst = first == null || waiter.ordinal() < first.waiter().ordinal();
        if (presence != Presence.ABSENT && isFirst) {
          first = new Candidate(waiter, presence);
        }
      }
    }

    /** Whether what was found out about the first is still so. */
    public boolean isCurrent() {
      return of(first.waiter().request().requester()) == first.presence();
    }
  }

  /**
   * Whether a peer is there; pings it when that is not known. A closed connection needs no probe:
   * its request is dropped when it is called.
   */
  private Presence of(Requester requester) {
    if (requester.isGone() || requester.peer().quietNanos() < FRESH.toNanos()) {
      return Presence.PRESENT;
    }
    Probe probe = probes.get(requester);
    if (probe == null) {
      ask(requester);
      requester.peer().probe(() -> desk.execute(() -> answered(requester)));
      return Presence.ASKED;
    }
    return probe.deadlineNanos > elapsedNanos() ? Presence.ASKED : Presence.ABSENT;
  }

  private void ask(Requester requester) {
    Probe probe = new Probe(requester, elapsedNanos() + ANSWER.toNanos());
    probes.put(requester, probe);
    asked.addLast(probe);
  }

  private void answered(Requester requester) {
    if (probes.remove(requester) != null) {
      onAnswer.accept(requester);
    }
  }

  void disconnected(Requester requester) {
    probes.remove(requester);
  }

  /** Whether a probe has timed out since the last call. */
  public boolean hasTimedOut() {
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

  /** Nanoseconds until the next probe times out, 0 when overdue; at most {@code most}. */
  public long nanosToNext(long most) {
    return asked.isEmpty()
        ? most
        : Math.max(0, Math.min(most, asked.peekFirst().deadlineNanos - elapsedNanos()));
  }
}
