package org.lesbillets.cli.output.console;

import java.io.File;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * What is known of the three standard streams, and of the controlling terminal. Immutable.
 *
 * @param controlling whether there is a controlling terminal; asked only where it matters
 * @param width of the screen in cells, 1 or more; asked only when a table is printed
 */
public record Terminal(
    boolean in, boolean out, boolean err, BooleanSupplier controlling, IntSupplier width) {

  /** The width of a screen that does not say. */
  public static final int USUAL_WIDTH = 80;

  /** The controlling terminal. */
  static final File CONTROLLING = new File("/dev/tty");

  /** No stream is a terminal, as in a script. */
  public static final Terminal NONE =
      new Terminal(false, false, false, () -> false, () -> USUAL_WIDTH);

  /** All streams are one terminal of that width. */
  public static Terminal ofWidth(int width) {
    return new Terminal(true, true, true, () -> true, () -> width);
  }

  /** Whether a program that is run can read keys. */
  public boolean hasKeyboard() {
    return in || controlling.getAsBoolean();
  }

  /**
   * Standard input of a program that reads keys: ours if it is a terminal, else the controlling
   * terminal if there is one, so that what ours holds is left to whom it is for.
   */
  public ProcessBuilder.Redirect keyboard() {
    return in || !hasKeyboard()
        ? ProcessBuilder.Redirect.INHERIT
        : ProcessBuilder.Redirect.from(CONTROLLING);
  }
}
