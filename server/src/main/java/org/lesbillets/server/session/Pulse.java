package org.lesbillets.server.session;

import java.util.concurrent.TimeUnit;
import org.lesbillets.server.desk.TimeSource;

/**
 * Whether a session's peer is still there: when it was heard, asked, and told to go.
 *
 * <p>Any thread may say that it was heard; the rest is for the drainer's thread.
 */
final class Pulse {
  private static final long CLOSE_SECONDS = 5;

  private final TimeSource time;
  private final SessionLimits limits;
  private volatile long heardNanos;
  private long pingedNanos;
  private boolean closing;
  private long closingNanos;

  Pulse(TimeSource time, SessionLimits limits) {
    this.time = time;
    this.limits = limits;
    this.heardNanos = time.nanos();
    this.pingedNanos = heardNanos;
  }

  void heard() {
    heardNanos = time.nanos();
  }

  /** It was asked to close, and has a while to do it. */
  void closing() {
    closing = true;
    closingNanos = time.nanos();
  }

  /**
   * Why it is to be cut, or null.
   *
   * @param stalledNanos for how long a write to it has made no progress
   */
  String trouble(long now, long stalledNanos) {
    if (stalledNanos > limits.stall().toNanos()) {
      return "a write to it made no progress for " + limits.stall().toSeconds() + " s";
    }
    if (now - heardNanos > limits.silence().toNanos()) {
      return "it was silent for " + limits.silence().toSeconds() + " s";
    }
    if (closing && now - closingNanos > TimeUnit.SECONDS.toNanos(CLOSE_SECONDS)) {
      return "it was asked to close, and did not for " + CLOSE_SECONDS + " s";
    }
    return null;
  }

  /** Whether it is time to ask the peer whether it is there; asking counts from now. */
  boolean isPingDue(long now) {
    if (closing || now - pingedNanos <= limits.pingEvery().toNanos()) {
      return false;
    }
    pingedNanos = now;
    return true;
  }
}
