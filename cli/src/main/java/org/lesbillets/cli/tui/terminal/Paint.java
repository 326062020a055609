package org.lesbillets.cli.tui.terminal;

import com.googlecode.lanterna.TextColor;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.screen.Tone;

/**
 * A style as the library carries it: as a colour that brings bold, dim and the rest with it. So a
 * change of style is one sequence, which undoes the style before. Immutable; any thread.
 *
 * @param colour whether the tone is painted
 */
record Paint(Style style, boolean colour) implements TextColor {

  private static TextColor.ANSI of(Tone tone) {
    return switch (tone) {
      case PLAIN, QUIET -> TextColor.ANSI.DEFAULT;
      case ACCENT -> TextColor.ANSI.CYAN;
      case GOOD -> TextColor.ANSI.GREEN;
      case CAUTION -> TextColor.ANSI.YELLOW;
      case ALARM -> TextColor.ANSI.RED;
      case MINE -> TextColor.ANSI.MAGENTA;
    };
  }

  private TextColor.ANSI hue() {
    return colour ? of(style.tone()) : TextColor.ANSI.DEFAULT;
  }

  /** All that makes the style of any style. */
  @Override
  public byte[] getForegroundSGRSequence() {
    StringBuilder parameters = new StringBuilder("0");
    add(parameters, style.bold(), "1");
    add(parameters, style.dim() || style.tone() == Tone.QUIET, "2");
    add(parameters, style.underlined(), "4");
    add(parameters, style.reversed(), "7");
    add(parameters, hue() != TextColor.ANSI.DEFAULT, ascii(hue().getForegroundSGRSequence()));
    return parameters.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void add(StringBuilder parameters, boolean wanted, String parameter) {
    if (wanted) {
      parameters.append(';').append(parameter);
    }
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] getBackgroundSGRSequence() {
    return TextColor.ANSI.DEFAULT.getBackgroundSGRSequence();
  }

  @Override
  public int getRed() {
    return hue().getRed();
  }

  @Override
  public int getGreen() {
    return hue().getGreen();
  }

  @Override
  public int getBlue() {
    return hue().getBlue();
  }

  @Deprecated
  @Override
  public Color toColor() {
    return hue().toColor();
  }
}
