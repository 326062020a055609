package org.lesbillets.server.world;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time as an input of the desk, the leases and the sessions. Any thread. */
public interface TimeSource {

  /** The wall clock, in whole milliseconds: for display and ages only, as it may jump. */
  Instant now();

  /** The monotonic clock, in nanoseconds from an arbitrary origin. */
  long nanos();

  static TimeSource system() {
    return new TimeSource() {
      @Override
      public Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }
}
