package org.lesbillets.cli.tui.terminal;

import com.googlecode.lanterna.TextCharacter;
import java.util.Objects;

/**
 * The content of a cell of the screen. The library takes every character of several code units for
 * a wide one; this states its width. The cell behind a wide one equals no other, so that it is
 * redrawn when the wide one is overwritten. Immutable; any thread.
 */
final class ScreenCell extends TextCharacter {
  private static final long serialVersionUID = 1;

  private final String text;
  private final int width;
  private final transient AnsiStyle paint;

  // Its factories, which the library prefers, cannot make a subclass.
  @SuppressWarnings("deprecation")
  private ScreenCell(String text, int width, AnsiStyle paint) {
    super(DEFAULT_CHARACTER.withForegroundColor(paint));
    this.text = text;
    this.width = width;
    this.paint = paint;
  }

  /**
   * @param text a cluster
   * @param width 1 or 2
   */
  static ScreenCell of(String text, int width, AnsiStyle paint) {
    return new ScreenCell(text, width, paint);
  }

  AnsiStyle paint() {
    return paint;
  }

  int width() {
    return width;
  }

  @Override
  public String getCharacterString() {
    return text;
  }

  @Override
  public boolean is(char other) {
    return text.length() == 1 && text.charAt(0) == other;
  }

  @Override
  public boolean isDoubleWidth() {
    return width == 2;
  }

  /** Called by the library for the cell behind a wide one. */
  @Override
  public TextCharacter withCharacter(char other) {
    return new ScreenCell(Character.toString(other), isDoubleWidth() ? 0 : 1, paint);
  }

  @Override
  public boolean equals(Object other) {
    // Cells are cached, so it usually is the same instance as in the frame before.
    return this == other
        || other instanceof ScreenCell cell
            && text.equals(cell.text)
            && width == cell.width
            && paint.equals(cell.paint);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, width, paint);
  }
}
