package org.lesbillets.cli.output;

import java.util.function.IntSupplier;

/**
 * What is known of the three standard streams.
 *
 * @param width of the screen in cells, 1 or more; asked only when a table is printed
 */
public record Terminal(boolean in, boolean out, boolean err, IntSupplier width) {

  /** The width of a screen that does not say. */
  public static final int USUAL_WIDTH = 80;

  /** No stream is a terminal, as in a script. */
  public static final Terminal NONE = new Terminal(false, false, false, () -> USUAL_WIDTH);

  /** All streams are one terminal of that width. */
  public static Terminal ofWidth(int width) {
    return new Terminal(true, true, true, () -> width);
  }
}
