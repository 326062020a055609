package org.lesbillets.server.world;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long the machine was suspended since it booted: Linux's uptime includes that time, and the
 * monotonic clock does not. Any thread.
 */
final class SuspendedTime {
  private static final Path UPTIME = Path.of("/proc/uptime");

  private SuspendedTime() {}

  /** Nanoseconds since an arbitrary origin, with a resolution of 10 ms. */
  static long nanos() {
    try {
      String[] words = Files.readString(UPTIME).split(" ");
      return new BigDecimal(words[0]).movePointRight(9).longValue() - System.nanoTime();
    } catch (IOException | NumberFormatException e) {
      return RunningClock.UNKNOWN;
    }
  }
}
