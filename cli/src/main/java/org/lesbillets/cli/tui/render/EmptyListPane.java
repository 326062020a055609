package org.lesbillets.cli.tui.render;

import java.util.List;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.LinkState;
import org.lesbillets.cli.tui.state.UiModel;

/** The text in place of an empty list: why it is empty, and the key that helps. Stateless. */
final class EmptyListPane {
  private EmptyListPane() {}

  static void draw(UiModel model, Area area) {
    String sentence = sentence(model);
    List<String> lines = CellText.wrap(area.shown(sentence), Math.max(1, area.columns() - 6));
    int row = Math.max(1, Math.min(3, area.rows() - lines.size()));
    Style style = Styles.QUIET;
    area.point(3, row);
    for (String line : lines) {
      area.put(3, row++, line, style);
    }
  }

  private static String sentence(UiModel model) {
    if (!model.tickets().isComplete()) {
      return model.tickets().isLoading() ? "The tickets are coming…" : notConnected(model);
    }
    if (model.listing().isFiltering()) {
      return "Looking through the tickets…";
    }
    if (model.tickets().book().size() == 0) {
      return "This desk has no tickets yet. " + keyed(model, Action.NEW, "to make the first.");
    }
    return model.filter().query().isAll()
        ? "There is nothing to show."
        : "No ticket matches. " + keyed(model, Action.ALL, "to see all of them.");
  }

  private static String notConnected(UiModel model) {
    String where =
        model.connection().address() == null
            ? "the server"
            : HeaderPane.host(model.connection().address());
    String cause = model.link().cause() == null ? "" : " " + model.link().cause();
    boolean over = model.link().kind() == LinkState.Kind.GIVEN_UP;
    return (over ? "Not connected to " + where + "." : "Connecting to " + where + "…") + cause;
  }

  private static String keyed(UiModel model, Action action, String words) {
    return model.input() != null
        ? ""
        : model.settings().keys().key(action).map(key -> "Press " + key + " " + words).orElse("");
  }
}
