package org.lesbillets.cli.tui.screen;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lesbillets.model.query.Spelling;

/**
 * A colour of the 16 that every terminal has; its shade is decided by the terminal's own palette.
 */
public enum AnsiColour {
  DEFAULT(39),
  BLACK(30),
  RED(31),
  GREEN(32),
  YELLOW(33),
  BLUE(34),
  MAGENTA(35),
  CYAN(36),
  WHITE(37),
  BRIGHT_BLACK(90),
  BRIGHT_RED(91),
  BRIGHT_GREEN(92),
  BRIGHT_YELLOW(93),
  BRIGHT_BLUE(94),
  BRIGHT_MAGENTA(95),
  BRIGHT_CYAN(96),
  BRIGHT_WHITE(97);

  private final int foreground;

  AnsiColour(int foreground) {
    this.foreground = foreground;
  }

  /** The SGR parameter of the foreground. */
  public int foreground() {
    return foreground;
  }

  /** The name in the configuration: {@code bright-blue}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Parses a name of the configuration.
   *
   * @throws IllegalArgumentException if there is none; the message suggests one, or lists them
   */
  public static AnsiColour parse(String name) {
    for (AnsiColour colour : values()) {
      if (colour.wireName().equals(name)) {
        return colour;
      }
    }
    List<String> names = Arrays.stream(values()).map(AnsiColour::wireName).toList();
    throw new IllegalArgumentException(Spelling.unknown("colour", name, names));
  }
}
