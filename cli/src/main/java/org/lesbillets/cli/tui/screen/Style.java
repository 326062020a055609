package org.lesbillets.cli.tui.screen;

import java.util.Objects;

/** The rendition of text: a tone, and the attributes of SGR. Immutable; any thread. */
public record Style(Tone tone, boolean bold, boolean dim, boolean underlined, boolean reversed) {

  /** Text without any attribute. */
  public static final Style PLAIN = of(Tone.PLAIN);

  public Style {
    Objects.requireNonNull(tone, "tone");
  }

  /** A tone without attributes. */
  public static Style of(Tone tone) {
    return new Style(tone, false, false, false, false);
  }

  public Style withTone(Tone other) {
    return new Style(other, bold, dim, underlined, reversed);
  }

  public Style withBold() {
    return new Style(tone, true, dim, underlined, reversed);
  }

  public Style withDim() {
    return new Style(tone, bold, true, underlined, reversed);
  }

  public Style withUnderline() {
    return new Style(tone, bold, dim, true, reversed);
  }

  public Style withReverse() {
    return new Style(tone, bold, dim, underlined, true);
  }
}
