package org.lesbillets.cli.tui.state.list;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.lesbillets.cli.tui.state.Now;

/**
 * Changes and locks of the last {@value #MINUTES} minutes, for each minute since this view was
 * opened: two ring buffers, copied on write. Immutable; any thread.
 */
public final class Activity {
  public static final int MINUTES = 60;
  public static final Activity NONE = new Activity(new int[MINUTES], new int[MINUTES], 0, -1);

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final int[] changes;
  private final int[] locks;
  private final long startNanos;
  private final long minute;

  private Activity(int[] changes, int[] locks, long startNanos, long minute) {
    this.changes = changes;
    this.locks = locks;
    this.startNanos = startNanos;
    this.minute = minute;
  }

  /** With one more change. */
  public Activity change() {
    if (minute < 0) {
      return this;
    }
    int[] more = changes.clone();
    more[(int) (minute % MINUTES)]++;
    return new Activity(more, locks, startNanos, minute);
  }

  /**
   * With the time advanced.
   *
   * @param locked the number of locks now: the highest of a minute is kept
   */
  public Activity look(Now at, int locked) {
    long start = minute < 0 ? at.nanos() : startNanos;
    long now = (at.nanos() - start) / MINUTE;
    int here = (int) (now % MINUTES);
    if (now == minute && locks[here] >= locked) {
      return this;
    }
    int[] ofChanges = changes.clone();
    int[] ofLocks = locks.clone();
    for (long i = Math.max(minute, 0) + 1; i <= now; i++) {
      ofChanges[(int) (i % MINUTES)] = 0;
      ofLocks[(int) (i % MINUTES)] = locked;
    }
    ofLocks[here] = Math.max(ofLocks[here], locked);
    return new Activity(ofChanges, ofLocks, start, now);
  }

  /** Changes of each minute, the oldest first; the last minute is not over. */
  public int[] changes() {
    return inOrder(changes);
  }

  /** The highest number of locks of each minute, the oldest first. */
  public int[] locks() {
    return inOrder(locks);
  }

  private int[] inOrder(int[] ring) {
    int known = (int) Math.min(minute + 1, MINUTES);
    int[] ordered = new int[known];
    Arrays.setAll(ordered, i -> ring[(int) ((minute - known + 1 + i) % MINUTES)]);
    return ordered;
  }
}
