package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.screen.Tone;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.text.TicketText;
import org.lesbillets.model.Priority;

/**
 * The named styles of the view. A colour is never the only sign: a word or glyph beside it means
 * the same.
 */
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

  /** The header. */
  static final Style BAR = PLAIN.withReverse();

  /** The selection. */
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
    return of(TicketText.kind(priority));
  }
}
