package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.screen.Tone;

/**
 * How a row of the list looks.
 *
 * @param chosen whether the cursor is on it
 * @param fresh whether it has just changed
 * @param faded whether it is closed, or does not belong to the list any more
 * @param stale whether nobody knows if it is still so
 */
record RowLook(boolean chosen, boolean fresh, boolean faded, boolean stale) {
  /** Of what says nothing by its colour. */
  Style text() {
    return of(Looks.PLAIN);
  }

  Style title() {
    return of(fresh ? Looks.BOLD.withTone(Tone.ACCENT) : Looks.PLAIN);
  }

  /** Of a part that would look like {@code part} in an ordinary row. */
  Style of(Style part) {
    if (chosen) {
      return stale ? Looks.CHOSEN.withDim() : Looks.CHOSEN;
    }
    Style style = faded ? Looks.QUIET : part;
    return stale ? style.withDim() : style;
  }
}
