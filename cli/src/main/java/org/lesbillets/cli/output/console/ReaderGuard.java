package org.lesbillets.cli.output.console;

import java.io.IOException;

/**
 * Polls every second whether a pipe still has a reader, since a program that writes only when
 * something happens would notice no sooner. Runs on the daemon thread "billets-reader" until the
 * reader has gone or this is closed. Thread-safe.
 */
public final class ReaderGuard implements AutoCloseable {
  private static final long PERIOD_MILLIS = 1_000;

  private final PipeProbe probe;
  private final Runnable onGone;
  private boolean gone;
  private boolean over;

  private ReaderGuard(PipeProbe probe, Runnable onGone) {
    this.probe = probe;
    this.onGone = onGone;
  }

  /**
   * @param probe null where it cannot be probed: then the reader counts as present
   * @param onGone callback, once, on the polling thread
   */
  static ReaderGuard start(PipeProbe probe, Runnable onGone) {
    ReaderGuard guard = new ReaderGuard(probe, onGone);
    if (probe != null) {
      Thread thread = new Thread(guard::look, "billets-reader");
      thread.setDaemon(true);
      thread.start();
    }
    return guard;
  }

  private void look() {
    try (probe) {
      while (!probe.isWithoutReader()) {
        if (isOverAfter(PERIOD_MILLIS)) {
          return;
        }
      }
      synchronized (this) {
        gone = !over;
      }
      if (isGone()) {
        onGone.run();
      }
    } catch (IOException e) {
      // This machine cannot test it: the next write will.
    }
  }

  private synchronized boolean isOverAfter(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (!over && left > 0) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        return true;
      }
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return over;
  }

  /** Whether the reader went before this was closed. */
  public synchronized boolean isGone() {
    return gone;
  }

  /** Stops polling. */
  @Override
  public synchronized void close() {
    over = true;
    notifyAll();
  }
}
