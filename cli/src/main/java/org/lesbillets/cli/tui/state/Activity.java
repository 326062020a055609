package org.lesbillets.cli.tui.state;

import java.util.concurrent.TimeUnit;

/**
 * What happened in the last hour, minute by minute, since this view began to look. Owned by one
 * thread; keeps {@value #MINUTES} minutes.
 */
public final class Activity {
  public static final int MINUTES = 60;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final int[] changes = new int[MINUTES];
  private final int[] locks = new int[MINUTES];
  private long startNanos;
  private long minute = -1;

  /** An event was heard. */
  public void change(Now at) {
    if (minute >= 0) {
      changes[(int) (minute % MINUTES)]++;
    }
  }

  /**
   * Time went by.
   *
   * @param locked how many locks there are now: of a minute the most is kept
   */
  public void look(Now at, int locked) {
    if (minute < 0) {
      startNanos = at.nanos();
      minute = 0;
    }
    long now = (at.nanos() - startNanos) / MINUTE;
    while (minute < now) {
      minute++;
      changes[(int) (minute % MINUTES)] = 0;
      locks[(int) (minute % MINUTES)] = locked;
    }
    int here = (int) (minute % MINUTES);
    locks[here] = Math.max(locks[here], locked);
  }

  /** Changes of each minute, the oldest first, the last one still running. */
  public int[] changes() {
    return inOrder(changes);
  }

  /** The most locks of each minute, the oldest first. */
  public int[] locks() {
    return inOrder(locks);
  }

  private int[] inOrder(int[] ring) {
    int known = (int) Math.min(minute + 1, MINUTES);
    int[] ordered = new int[known];
    for (int i = 0; i < known; i++) {
      ordered[i] = ring[(int) ((minute - known + 1 + i) % MINUTES)];
    }
    return ordered;
  }
}
