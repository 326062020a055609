package org.lesbillets.cli.tui.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.update.UiModel;

/** The keys that work here, the most important first. */
final class KeyHints {
  private static final int GAP = 2;

  /** Whoever knows these finds the others. */
  private static final Set<Action> ALWAYS = Set.of(Action.HELP, Action.HELP_WHILE_TYPING);

  private KeyHints() {}

  static void draw(UiModel model, Area area) {
    LineWriter writer = area.writer(0).at(1);
    for (Action action : fitting(model, area)) {
      writer
          .put(key(model.settings().keys(), action), Styles.STRONG)
          .put(" " + words(model, action), Styles.QUIET)
          .space(GAP, Styles.PLAIN);
    }
  }

  private static List<Action> fitting(UiModel model, Area area) {
    KeyMap keys = model.settings().keys();
    List<Action> all =
        keys.actions(model.place()).stream()
            .filter(action -> words(model, action) != null)
            .toList();
    int reserved =
        all.stream().filter(ALWAYS::contains).mapToInt(action -> width(model, action)).sum();
    int room = area.columns() + GAP - 2 - reserved;
    List<Action> fitting = new ArrayList<>();
    for (Action action : all) {
      if (ALWAYS.contains(action)) {
        fitting.add(action);
      } else {
        room -= width(model, action);
        if (room >= 0) {
          fitting.add(action);
        }
      }
    }
    return fitting;
  }

  private static int width(UiModel model, Action action) {
    return CellText.width(key(model.settings().keys(), action) + " " + words(model, action)) + GAP;
  }

  private static String key(KeyMap keys, Action action) {
    return keys.keys(action).get(0).spelling();
  }

  /** What it does now, in a word; null when it does nothing here, or has no place. */
  private static String words(UiModel model, Action action) {
    return ALWAYS.contains(action) ? "help" : KeyLabels.of(model, action);
  }
}
