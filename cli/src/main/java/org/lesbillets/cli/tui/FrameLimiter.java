package org.lesbillets.cli.tui;

import java.time.Duration;

/**
 * When to draw: at most 30 frames a second, and none while nothing has changed. What somebody waits
 * to see comes at once unless a frame was written just before; one in which nothing differed from
 * the one before it does not count then. One thread; nanoseconds of a clock that never jumps.
 */
final class FrameLimiter {
  private static final long FRAME_NANOS = Duration.ofMillis(33).toNanos();

  private boolean changed = true;
  private boolean awaited;
  private long drawnNanos;
  private long writtenNanos;

  /**
   * @param now a first frame may be drawn at once
   */
  FrameLimiter(long now) {
    drawnNanos = now - FRAME_NANOS;
    writtenNanos = drawnNanos;
  }

  /**
   * There may be something else to show.
   *
   * @param waitedFor whether somebody waits to see it
   */
  void changed(boolean waitedFor) {
    changed = true;
    awaited |= waitedFor;
  }

  /** How long until a frame is due, 0 or less if it is; {@link Long#MAX_VALUE} if there is none. */
  long untilDue(long now) {
    if (!changed) {
      return Long.MAX_VALUE;
    }
    return (awaited ? writtenNanos : drawnNanos) + FRAME_NANOS - now;
  }

  /**
   * A frame was drawn.
   *
   * @param now when drawing it began
   * @param written whether it differed from the one before
   */
  void drawn(long now, boolean written) {
    changed = false;
    awaited = false;
    drawnNanos = now;
    writtenNanos = written ? now : writtenNanos;
  }
}
