package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.ChoiceMenu;
import org.lesbillets.cli.tui.state.CommentBox;
import org.lesbillets.cli.tui.state.Input;
import org.lesbillets.cli.tui.state.LinePrompt;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.update.UiModel;

/** The line at the bottom that speaks, and that is typed into. */
final class SpeakingPane implements Input.Handler<Void> {
  /** Of an input line, what is always left for what is typed. */
  private static final int LEAST_INPUT = 10;

  private final UiModel model;
  private final Area area;

  private SpeakingPane(UiModel model, Area area) {
    this.model = model;
    this.area = area;
  }

  /**
   * @param input what takes the keys, or null
   */
  static void draw(UiModel model, Input input, Area area) {
    SpeakingPane pane = new SpeakingPane(model, area);
    if (input == null) {
      pane.status();
    } else {
      input.accept(pane);
    }
  }

  @Override
  public Void onLine(LinePrompt prompt) {
    String about = prompt.ticket() == null ? "" : "#" + prompt.ticket().number() + " ";
    int most = Math.max(1, area.columns() - LEAST_INPUT - 1);
    String label = area.cut(area.shown(about + prompt.purpose().label()), most);
    // A label that ends in a blank keeps it: what is typed does not stick to it.
    int at = area.put(1, 0, label, Looks.STRONG);
    ShownInput.Window window =
        ShownInput.ofLine(prompt.typed()).window(area.columns() - at - 1, area.glyphs().ellipsis());
    area.put(at, 0, window.text(), Looks.PLAIN);
    area.cursor(at + window.cursor(), 0);
    return null;
  }

  @Override
  public Void onChoice(ChoiceMenu menu) {
    Pen pen = area.pen(0).at(1);
    String label = area.cut(area.shown(menu.label()), Math.max(1, area.columns() / 2));
    pen.put(label, Looks.STRONG).space(2, Looks.PLAIN);
    for (ChoiceMenu.Option option : menu.options()) {
      String key = Character.toString(option.key());
      String word = area.shown(option.word());
      String behind = word.startsWith(key) ? word.substring(key.length()) : " " + word;
      pen.put("[" + key + "]", Looks.STRONG).put(behind, Looks.PLAIN).space(2, Looks.PLAIN);
    }
    if (menu.reason() != null) {
      pen.put("\"" + menu.reason() + '"', Looks.QUIET);
    }
    return null;
  }

  @Override
  public Void onComment(CommentBox box) {
    return status();
  }

  @Override
  public Void onForm(TicketForm form) {
    return status();
  }

  private Void status() {
    StatusLine status = model.status();
    StatusLine.Kind kind = status.kind();
    String text = status.text();
    if (kind == StatusLine.Kind.NOTHING && model.link().cause() != null) {
      kind = StatusLine.Kind.REFUSED;
      text = model.link().cause();
    }
    String said = text.isEmpty() ? "" : area.glyphs().prefix(kind) + text;
    Pieces pieces = new Pieces(area).flexible(said, style(kind), Pieces.KEPT);
    String waiting = model.waitingWords();
    if (waiting != null) {
      String prefix = said.isEmpty() ? "" : " ";
      pieces.right(prefix + waiting, Looks.CAUTION, 1);
    }
    pieces.draw(Looks.PLAIN);
    return null;
  }

  private static Style style(StatusLine.Kind kind) {
    return switch (kind) {
      case NOTHING, HAPPENED -> Looks.QUIET;
      case DONE -> Looks.GOOD;
      case WAITING, REFUSED -> Looks.CAUTION;
      case ALARM -> Looks.ALARM;
    };
  }
}
