package org.lesbillets.cli.output.console;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress bar on standard error, where that is a terminal; elsewhere nothing. Draws on a thread of
 * the library a few times a second; the methods are confined to one thread.
 */
public final class Progress implements AutoCloseable {
  private static final int DRAW_MILLIS = 250;

  private final Console console;

  /** Null where nothing is drawn. */
  private final ProgressBar bar;

  private Progress(Console console, ProgressBar bar) {
    this.console = console;
    this.bar = bar;
  }

  /**
   * Begins to show.
   *
   * @param what is being done, in a word
   * @param length the whole, in bytes or pieces; -1 if unknown
   */
  public static Progress of(Console console, String what, long length) {
    return new Progress(console, console.terminal().err() ? bar(console, what, length) : null);
  }

  /** Shows nothing. */
  public static Progress none() {
    return new Progress(null, null);
  }

  private static ProgressBar bar(Console console, String what, long length) {
    int width = console.terminal().width().getAsInt() - 1;
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(length)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(DRAW_MILLIS)
        .setConsumer(new DelegatingProgressBarConsumer(console::draw, width))
        .build();
  }

  /** Sets how much is done. */
  public void reached(long place) {
    if (bar != null) {
      bar.stepTo(place);
    }
  }

  /** Leaves nothing on the screen. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      console.draw("");
    }
  }
}
