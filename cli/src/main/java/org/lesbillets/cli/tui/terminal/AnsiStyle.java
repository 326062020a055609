package org.lesbillets.cli.tui.terminal;

import com.googlecode.lanterna.TextColor;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import org.lesbillets.cli.tui.screen.AnsiColour;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.screen.Tone;

/**
 * A style in the form the library passes through: a colour whose SGR sequence includes bold, dim
 * and the other attributes. A change of style is then one sequence, which resets the style before.
 * Immutable; any thread.
 *
 * @param hue the colour of its tone; {@link AnsiColour#DEFAULT} where nothing is painted
 */
record AnsiStyle(Style style, AnsiColour hue) implements TextColor {
  private static final TextColor NOTHING = TextColor.ANSI.DEFAULT;

  /** The parameters of the whole style, beginning with a reset. */
  @Override
  public byte[] getForegroundSGRSequence() {
    boolean painted = hue != AnsiColour.DEFAULT;
    StringBuilder parameters = new StringBuilder("0");
    add(parameters, style.bold(), 1);
    add(parameters, style.dim() || style.tone() == Tone.QUIET && !painted, 2);
    add(parameters, style.underlined(), 4);
    add(parameters, style.reversed(), 7);
    add(parameters, painted, hue.foreground());
    return parameters.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void add(StringBuilder parameters, boolean wanted, int parameter) {
    if (wanted) {
      parameters.append(';').append(parameter);
    }
  }

  @Override
  public byte[] getBackgroundSGRSequence() {
    return NOTHING.getBackgroundSGRSequence();
  }

  @Override
  public int getRed() {
    return NOTHING.getRed();
  }

  @Override
  public int getGreen() {
    return NOTHING.getGreen();
  }

  @Override
  public int getBlue() {
    return NOTHING.getBlue();
  }

  @Deprecated
  @Override
  public Color toColor() {
    return NOTHING.toColor();
  }
}
