package org.lesbillets.server.desk;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time as an input: what the desk, the leases and the sessions go by. */
public interface TimeSource {

  /** The wall clock, in whole milliseconds: only shown, and counted from for ages. */
  Instant now();

  /** A clock that never jumps, in nanoseconds from an arbitrary origin. */
  long nanos();

  /** The machine's clocks. */
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
