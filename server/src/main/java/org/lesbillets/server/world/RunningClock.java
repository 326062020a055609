package org.lesbillets.server.world;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A monotonic clock that stands still while the process does not run: after SIGSTOP, a long garbage
 * collection or a suspended machine, timeouts and leases have as much time left as before. Any
 * thread; lock-free.
 *
 * <p>Each reading is compared with the one before it. A gap of more than {@link #PAUSE_NANOS} can
 * only be a pause, since the drainer alone reads the clock every 250 ms; it counts as {@link
 * #NOTED_NANOS}. Readings never decrease: those between two notes are at most that far ahead of the
 * first.
 *
 * <pre>
 *   readings   | | | |                      | | |
 *   underlying 0 1 2 3 ...(stopped).......  9 10 11
 *   this clock 0 1 2 3 ...................  3  4  5      pauses() + 1
 * </pre>
 *
 * <p>The underlying clock may itself stand still, while a whole machine is suspended. There is
 * nothing to subtract then; {@code suspendedNanos} tells that there was a pause.
 */
public final class RunningClock implements TimeSource {
  /** A gap longer than this between two readings is a pause. */
  static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Readings closer than this to the last noted one are not noted, to spare the writes. */
  static final long NOTED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Value of a supplier that cannot be read now. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final LongSupplier monotonic;
  private final LongSupplier suspendedNanos;
  private final AtomicReference<Reading> noted;

  /** The last noted reading, with the sum and the number of the pauses up to it. */
  private record Reading(long rawNanos, long suspendedNanos, long pausedNanos, long pauses) {

    Reading next(long raw, long suspended) {
      long gap = raw - rawNanos;
      boolean paused = gap > PAUSE_NANOS;
      long known = suspended == UNKNOWN ? suspendedNanos : suspended;
      boolean asleep = suspendedNanos != UNKNOWN && known - suspendedNanos > PAUSE_NANOS;
      return new Reading(
          raw,
          known,
          paused ? pausedNanos + gap - NOTED_NANOS : pausedNanos,
          paused || asleep ? pauses + 1 : pauses);
    }

    long clock(long raw) {
      return raw - pausedNanos;
    }
  }

  /**
   * @param monotonic the underlying clock
   * @param suspendedNanos time for which the machine was suspended and that clock stood still;
   *     {@link #UNKNOWN} where it cannot be read
   */
  public RunningClock(LongSupplier monotonic, LongSupplier suspendedNanos) {
    this.monotonic = monotonic;
    this.suspendedNanos = suspendedNanos;
    long raw = monotonic.getAsLong();
    this.noted = new AtomicReference<>(new Reading(raw, suspendedNanos.getAsLong(), 0, 0));
  }

  @Override
  public Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public long nanos() {
    while (true) {
      // The note comes first: a pause between the two readings is then seen as a gap.
      Reading last = noted.get();
      long raw = monotonic.getAsLong();
      if (raw - last.rawNanos <= NOTED_NANOS) {
        return last.clock(raw);
      }
      Reading next = last.next(raw, suspendedNanos.getAsLong());
      if (noted.compareAndSet(last, next)) {
        return next.clock(raw);
      }
    }
  }

  @Override
  public long pauses() {
    nanos();
    return noted.get().pauses;
  }
}
