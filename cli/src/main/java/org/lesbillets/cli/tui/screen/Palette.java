package org.lesbillets.cli.tui.screen;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.query.Spelling;

/**
 * The mapping of tones to colours. Immutable; any thread.
 *
 * @param colours one for each tone; plain text always has the terminal's default
 */
public record Palette(Map<Tone, AnsiColour> colours) {
  /** For a dark background; caution is not yellow, which is invisible on a white one. */
  public static final Palette DARK =
      of(
          AnsiColour.CYAN,
          AnsiColour.GREEN,
          AnsiColour.MAGENTA,
          AnsiColour.RED,
          AnsiColour.BRIGHT_BLUE);

  /** For a light background: nothing paler than green. */
  public static final Palette LIGHT =
      of(
          AnsiColour.BLUE,
          AnsiColour.GREEN,
          AnsiColour.MAGENTA,
          AnsiColour.RED,
          AnsiColour.BRIGHT_BLUE);

  /** No colours at all. */
  public static final Palette NONE = new Palette(Map.of());

  private static final List<String> THEMES = List.of("dark", "light");

  public Palette {
    Map<Tone, AnsiColour> copy = new EnumMap<>(Tone.class);
    for (Tone tone : Tone.values()) {
      copy.put(tone, colours.getOrDefault(tone, AnsiColour.DEFAULT));
    }
    copy.put(Tone.PLAIN, AnsiColour.DEFAULT);
    colours = Collections.unmodifiableMap(copy);
  }

  /** Builds a palette of a colour for each of accent, good, caution, alarm and mine. */
  private static Palette of(AnsiColour... colours) {
    List<Tone> tones = List.of(Tone.ACCENT, Tone.GOOD, Tone.CAUTION, Tone.ALARM, Tone.MINE);
    Map<Tone, AnsiColour> all = new EnumMap<>(Tone.class);
    for (int i = 0; i < colours.length; i++) {
      all.put(tones.get(i), colours[i]);
    }
    return new Palette(all);
  }

  /**
   * A preset by its name.
   *
   * @throws IllegalArgumentException if there is none; the message suggests one
   */
  public static Palette theme(String name) {
    String near = Spelling.nearest(name, THEMES);
    return switch (name) {
      case "dark" -> DARK;
      case "light" -> LIGHT;
      default ->
          throw new IllegalArgumentException(
              "there is no theme '"
                  + name
                  + (near == null
                      ? "': there are " + String.join(" and ", THEMES)
                      : "': did you mean '" + near + "'?"));
    };
  }

  /** A copy with another colour for one tone. */
  public Palette with(Tone tone, AnsiColour colour) {
    Map<Tone, AnsiColour> other = new EnumMap<>(colours);
    other.put(tone, colour);
    return new Palette(other);
  }

  public AnsiColour of(Tone tone) {
    return colours.get(tone);
  }
}
