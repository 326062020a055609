package org.lesbillets.server.world;

import java.time.Instant;

/** Time as an input of the desk, the leases and the sessions. Any thread. */
public interface TimeSource {

  /** The wall clock, in whole milliseconds: for display and ages only, as it may jump. */
  Instant now();

  /**
   * The monotonic clock, in nanoseconds from an arbitrary origin. It stands still while the process
   * does not run, so that a timeout forgives its own pause.
   */
  long nanos();

  /** The number of pauses of the process that were noticed so far. */
  default long pauses() {
    return 0;
  }

  static TimeSource system() {
    return new RunningClock(System::nanoTime, SuspendedTime::nanos);
  }
}
