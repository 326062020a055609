package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.state.Pager;

/** A text that is read in place of everything else: the help, what a verb printed. */
final class PagerPane {
  private PagerPane() {}

  static void draw(Pager pager, Area above, Area area) {
    int top = LinesPane.top(pager.top(), pager.lines().size(), area.rows());
    LinesPane.draw(pager.lines(), top, area.inset(1));
    area.point(1, 0);
    new FlexLine(above)
        .flexible(pager.title(), Styles.STRONG, FlexLine.KEPT, 6)
        .right(LinesPane.part(top, pager.lines().size(), area.rows()), Styles.QUIET, 5)
        .draw(Styles.PLAIN);
  }
}
