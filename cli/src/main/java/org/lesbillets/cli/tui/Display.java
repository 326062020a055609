package org.lesbillets.cli.tui;

import java.util.function.Consumer;
import org.lesbillets.cli.tui.screen.Canvas;

/** The terminal as the loop uses it, on the loop's thread but for {@link #lend}. */
interface Display {
  int columns();

  int rows();

  /**
   * Shows a frame: writes what differs from the one before, at once; nothing if nothing does.
   *
   * @return whether anything differed
   */
  boolean draw(Consumer<Canvas> frame);

  /** Has the next frame be written whole. */
  void repaint();

  /** Takes the terminal anew, after the process was stopped from outside and goes on. */
  void retake();

  void resize(int columns, int rows);

  void bell();

  /** Gives the terminal back, stops this process as Ctrl-Z does, and takes it again. */
  void suspend();

  /** Gives the terminal to another program until that is over; on a thread that can wait. */
  void lend(Runnable program);
}
