package org.lesbillets.cli.tui.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.state.Input;
import org.lesbillets.cli.tui.state.LinePrompt;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.update.UiModel;

/** The keys that work here, the most important first; or what is wrong with what is typed. */
final class KeysPane {
  private static final int GAP = 2;

  /** Whoever knows these finds the others. */
  private static final Set<Action> ALWAYS = Set.of(Action.HELP, Action.HELP_WHILE_TYPING);

  private KeysPane() {}

  /**
   * @param input what takes the keys, or null
   */
  static void draw(UiModel model, Input input, Area area) {
    if (input instanceof LinePrompt prompt && prompt.mistake() != null) {
      String prefix = area.glyphs().prefix(StatusLine.Kind.REFUSED);
      area.put(1, 0, prefix + prompt.mistake(), Looks.ALARM);
      return;
    }
    Pen pen = area.pen(0).at(1);
    for (Action action : fitting(model, area)) {
      pen.put(key(model.settings().keys(), action), Looks.STRONG)
          .put(" " + words(action), Looks.QUIET)
          .space(GAP, Looks.PLAIN);
    }
  }

  private static List<Action> fitting(UiModel model, Area area) {
    KeyMap keys = model.settings().keys();
    List<Action> all = new ArrayList<>();
    for (Action action : keys.actions(model.place())) {
      if (words(action) != null) {
        all.add(action);
      }
    }
    int room = area.columns() - 1;
    for (Action action : all) {
      room -= ALWAYS.contains(action) ? width(keys, action) : 0;
    }
    List<Action> fitting = new ArrayList<>();
    boolean full = false;
    for (Action action : all) {
      boolean always = ALWAYS.contains(action);
      full |= !always && width(keys, action) > room;
      if (always || !full) {
        fitting.add(action);
        room -= always ? 0 : width(keys, action);
      }
    }
    return fitting;
  }

  private static int width(KeyMap keys, Action action) {
    return CellText.width(key(keys, action) + " " + words(action)) + GAP;
  }

  private static String key(KeyMap keys, Action action) {
    return keys.keys(action).get(0).spelling();
  }

  private static String words(Action action) {
    return ALWAYS.contains(action) ? "help" : action.brief();
  }
}
