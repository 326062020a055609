package org.lesbillets.cli.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * One silence, and how it ended.
 *
 * @param watchBack from the end of the silence until the watch had printed a ticket created then
 * @param viewBack the same, until the view was live and showed it
 * @param watchShown from its beginning until the watch said so; null where it could not
 * @param viewShown the same of the view
 */
record SilenceRound(
    Duration watchBack, Duration viewBack, Duration watchShown, Duration viewShown) {
  private static final Duration BACK = Duration.ofSeconds(5);
  private static final Duration SHOWN = Duration.ofSeconds(12);

  static SilenceRound play(SilenceRig desk, SilenceKind kind, int round, Duration length)
      throws IOException, InterruptedException {
    desk.create();
    SilenceRig.await("a ticket in both", () -> desk.watchShowsAll() && desk.viewShowsAll());
    int said = desk.watchSaid();
    long began = System.nanoTime();
    kind.begin(desk);
    Duration watchShown = null;
    Duration viewShown = null;
    while (System.nanoTime() - began < length.toNanos()) {
      if (kind.isShown() && watchShown == null && desk.watchSaid() > said) {
        watchShown = since(began);
      }
      if (kind.isShown() && viewShown == null && desk.viewIsStale()) {
        viewShown = since(began);
      }
      LockSupport.parkNanos(100_000_000);
    }
    SilenceRound shown =
        kind.isShown()
            ? new SilenceRound(null, null, orNever(watchShown, length), orNever(viewShown, length))
            : new SilenceRound(null, null, null, null);
    return end(desk, kind, round, shown);
  }

  private static Duration orNever(Duration shown, Duration length) {
    return shown == null ? length : shown;
  }

  private static SilenceRound end(SilenceRig desk, SilenceKind kind, int round, SilenceRound shown)
      throws IOException, InterruptedException {
    kind.end(desk, round);
    long ended = System.nanoTime();
    desk.create();
    Duration watchBack = null;
    Duration viewBack = null;
    while (watchBack == null || viewBack == null) {
      if (watchBack == null && desk.watchShowsAll()) {
        watchBack = since(ended);
      }
      if (viewBack == null && desk.viewShowsAll()) {
        viewBack = since(ended);
      }
      if (since(ended).toSeconds() > 120) {
        throw new IOException("one of them never came back in round " + (round + 1));
      }
      LockSupport.parkNanos(50_000_000);
    }
    return new SilenceRound(watchBack, viewBack, shown.watchShown, shown.viewShown);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** Whether it was shown in time, where it could be, and both came back in time. */
  boolean isWell() {
    return watchBack.compareTo(BACK) <= 0
        && viewBack.compareTo(BACK) <= 0
        && (watchShown == null || watchShown.compareTo(SHOWN) <= 0)
        && (viewShown == null || viewShown.compareTo(SHOWN) <= 0);
  }

  @Override
  public String toString() {
    return "back after "
        + seconds(watchBack)
        + " (watch) and "
        + seconds(viewBack)
        + " (view), shown after "
        + seconds(watchShown)
        + " and "
        + seconds(viewShown)
        + (isWell() ? "" : ": TOO LATE");
  }

  private static String seconds(Duration time) {
    return time == null ? "-" : String.format("%.1f s", time.toMillis() / 1e3);
  }
}
