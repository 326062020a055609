package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.screen.Tone;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.model.Priority;

/** How things look. Whatever a look says, a word or a glyph beside it says, too. */
final class Styles {
  static final Style PLAIN = Style.PLAIN;
  static final Style BOLD = PLAIN.withBold();
  static final Style QUIET = Style.of(Tone.QUIET);
  static final Style FADED = QUIET.withDim();
  static final Style ACCENT = Style.of(Tone.ACCENT);
  static final Style STRONG = ACCENT.withBold();
  static final Style GOOD = Style.of(Tone.GOOD);
  static final Style CAUTION = Style.of(Tone.CAUTION);
  static final Style ALARM = Style.of(Tone.ALARM).withBold();
  static final Style MINE = Style.of(Tone.MINE).withBold();

  /** The line at the top. */
  static final Style BAR = PLAIN.withReverse();

  /** What the keys speak of. */
  static final Style CHOSEN = BOLD.withReverse();

  private Styles() {}

  static Style of(TextLine.Kind kind) {
    return switch (kind) {
      case HEADING -> STRONG;
      case TEXT -> PLAIN;
      case QUIET -> QUIET;
      case CAUTION -> CAUTION;
      case ALARM -> ALARM;
      case GOOD -> GOOD;
    };
  }

  static Style of(Priority priority) {
    return switch (priority) {
      case LOW -> QUIET;
      case NORMAL -> PLAIN;
      case HIGH -> CAUTION;
      case URGENT -> ALARM;
    };
  }
}
