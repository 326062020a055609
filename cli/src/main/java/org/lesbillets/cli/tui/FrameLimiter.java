package org.lesbillets.cli.tui;

import java.time.Duration;

/**
 * The frame rate limiter: at most 30 frames a second, and none while the model is unchanged. A
 * change that the user waits for is drawn at once unless a frame was <em>written</em> within the
 * last interval; a frame that equalled the one before it delays nothing. Confined to the loop's
 * thread; times are in nanoseconds of a monotonic clock.
 */
final class FrameLimiter {
  private static final long FRAME_NANOS = Duration.ofMillis(33).toNanos();

  private boolean changed = true;
  private boolean awaited;
  private long drawnNanos;
  private long writtenNanos;

  /**
   * @param now the first frame is due at this time
   */
  FrameLimiter(long now) {
    drawnNanos = now - FRAME_NANOS;
    writtenNanos = drawnNanos;
  }

  /**
   * Marks the screen as outdated.
   *
   * @param waitedFor whether the user waits to see the change
   */
  void changed(boolean waitedFor) {
    changed = true;
    awaited |= waitedFor;
  }

  /**
   * Nanoseconds until a frame is due; &lt;= 0 when overdue, {@link Long#MAX_VALUE} when none is
   * needed.
   */
  long untilDue(long now) {
    if (!changed) {
      return Long.MAX_VALUE;
    }
    return (awaited ? writtenNanos : drawnNanos) + FRAME_NANOS - now;
  }

  /**
   * Records a drawn frame.
   *
   * @param now when drawing began
   * @param written whether it differed from the frame before
   */
  void drawn(long now, boolean written) {
    changed = false;
    awaited = false;
    drawnNanos = now;
    writtenNanos = written ? now : writtenNanos;
  }
}
