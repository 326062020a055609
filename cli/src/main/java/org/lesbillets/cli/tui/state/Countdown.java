package org.lesbillets.cli.tui.state;

import java.time.Duration;
import java.util.Locale;

/** A remaining time in at most five characters: {@code 9:05}, {@code 1h05m}. Pure. */
public final class Countdown {
  private static final int HOUR = 3600;

  private Countdown() {}

  public static String of(Duration left) {
    long seconds = Math.max(0, left.toSeconds());
    return seconds < HOUR
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh%02dm", seconds / HOUR, seconds % HOUR / 60);
  }
}
