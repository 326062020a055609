package org.lesbillets.cli.tui.render;

import java.util.List;
import java.util.OptionalInt;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.list.Filter;

/**
 * The tabs of the saved views, each with its key, its name and its number of tickets. Used for one
 * frame; confined to the thread that draws.
 */
final class ViewTabs {
  private static final String BETWEEN = " ·";
  private static final int MOST_NAME = 24;

  private final UiModel model;
  private final Area area;
  private final LineWriter writer;

  private ViewTabs(UiModel model, Area area) {
    this.model = model;
    this.area = area;
    this.writer = area.writer(0);
  }

  /**
   * @param area of one row
   */
  static void draw(UiModel model, Area area) {
    new ViewTabs(model, area).draw();
  }

  private void draw() {
    List<Filter> views = model.counts().views();
    for (int i = 0; i < views.size(); i++) {
      boolean last = i == views.size() - 1;
      String words = words(i);
      int room = area.columns() - writer.column() - (last ? 1 : 1 + BETWEEN.length() + 2);
      if (CellText.width(words) > room) {
        writer.put(" " + area.glyphs().ellipsis(), Styles.QUIET);
        return;
      }
      boolean active = isActive(views.get(i));
      writer.put(active ? area.glyphs().mark(Mark.CURSOR) : " ", Styles.STRONG);
      writer.put(words, active ? Styles.CHOSEN : style(i)).put(last ? "" : BETWEEN, Styles.QUIET);
    }
  }

  private boolean isActive(Filter view) {
    Filter shown = model.filter();
    return view.query().equals(shown.query())
        && (view.name() == null ? shown.name() == null : view.name().equals(shown.name()));
  }

  private String words(int view) {
    String key = model.settings().keys().key(Action.ofView(view)).map(one -> one + " ").orElse("");
    OptionalInt count = model.counts().count(view);
    return area.shown(
        key
            + area.cut(area.shown(name(model.counts().views().get(view))), MOST_NAME)
            + (count.isPresent() ? " " + count.getAsInt() : ""));
  }

  private static String name(Filter view) {
    String query = view.query().isAll() ? "all" : view.query().text();
    return view.name() == null ? query : view.name();
  }

  /** A view without tickets is dimmed. */
  private Style style(int view) {
    return model.counts().count(view).orElse(1) == 0 ? Styles.QUIET : Styles.PLAIN;
  }
}
