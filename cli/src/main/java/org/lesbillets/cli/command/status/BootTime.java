package org.lesbillets.cli.command.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * A point in time that another process can measure from even when the wall clock jumps: the uptime
 * of the machine, with the id of its boot. Immutable.
 *
 * @param boot names the time since the machine was started; empty where that is not known
 * @param upMillis since then
 * @param wallMillis what the clock on the wall shows
 */
record BootTime(String boot, long upMillis, long wallMillis) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path UPTIME = Path.of("/proc/uptime");

  static BootTime now(Clock clock) {
    try {
      String boot = Files.readString(BOOT, StandardCharsets.US_ASCII).strip();
      String up = Files.readString(UPTIME, StandardCharsets.US_ASCII);
      double seconds = Double.parseDouble(up.substring(0, up.indexOf(' ')));
      return new BootTime(boot, (long) (seconds * 1000), clock.millis());
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return new BootTime("", 0, clock.millis());
    }
  }

  /**
   * The time that has passed since {@code then}.
   *
   * @return null where that is unknown: the machine was rebooted, or its clock set back
   */
  Duration since(BootTime then) {
    if (!boot.equals(then.boot)) {
      return null;
    }
    long passed = boot.isEmpty() ? wallMillis - then.wallMillis : upMillis - then.upMillis;
    return passed < 0 ? null : Duration.ofMillis(passed);
  }
}
