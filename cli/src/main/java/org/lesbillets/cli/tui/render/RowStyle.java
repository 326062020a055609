package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.screen.Tone;

/**
 * How a row of the list looks.
 *
 * @param chosen whether the cursor is on it
 * @param fresh whether it has just changed
 * @param base of all its parts, whatever they are; null when they look as they would anywhere
 * @param stale whether nobody knows if it is still so
 */
record RowStyle(boolean chosen, boolean fresh, Style base, boolean stale) {
  /** Of what says nothing by its colour. */
  Style text() {
    return of(Styles.PLAIN);
  }

  Style title() {
    return of(fresh ? Styles.BOLD.withTone(Tone.ACCENT) : Styles.PLAIN);
  }

  /** Of a part that would look like {@code part} in an ordinary row. */
  Style of(Style part) {
    if (chosen) {
      return stale ? Styles.CHOSEN.withDim() : Styles.CHOSEN;
    }
    Style style = base == null ? part : base;
    return stale ? style.withDim() : style;
  }
}
