package org.lesbillets.cli.tui.render;

import java.time.Duration;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.editor.Input;
import org.lesbillets.cli.tui.state.editor.Input.ChoiceMenu;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;

/**
 * The status line at the bottom, or the input line in its place, and the footer below. A message
 * too long for one row takes the footer's row as well, since its end says what to do next. Used for
 * one frame; confined to the thread that draws.
 */
final class StatusBar {
  /** The cells of an input line that are left for the input, however long its label. */
  private static final int LEAST_INPUT = 10;

  private static final int MOST_MISTAKE = 3;
  private static final int MOST_STATUS = 2;
  private static final Duration LATELY = Duration.ofSeconds(30);

  private final UiModel model;
  private final Area area;
  private final int columns;

  /** The row of the footer, the last one. */
  private final int last;

  private StatusBar(UiModel model, Area area) {
    this.model = model;
    this.area = area;
    this.columns = Math.max(1, area.columns() - 2);
    this.last = area.rows() - 1;
  }

  /**
   * @param input the focused input, or null
   * @param area ends with the two rows drawn here; an error may take one or two more
   */
  static void draw(UiModel model, Input input, Area area) {
    StatusBar pane = new StatusBar(model, area);
    if (input instanceof LinePrompt prompt) {
      pane.line(prompt);
    } else if (input instanceof ChoiceMenu menu) {
      pane.choice(menu);
    } else {
      pane.status(input == null && pane.isNew());
    }
  }

  private void keys() {
    KeyHints.draw(model, area.row(last));
  }

  private void line(LinePrompt prompt) {
    TextBlock lines = new TextBlock();
    if (prompt.mistake() != null) {
      String mistake = area.glyphs().prefix(StatusLine.Kind.REFUSED) + prompt.mistake();
      lines.text(area.inset(1), mistake, Styles.ALARM, MOST_MISTAKE);
    } else if (prompt.hint() != null) {
      lines.text(area.inset(1), prompt.hint(), Styles.QUIET, MOST_MISTAKE);
    } else {
      type(prompt, area.row(last - 1));
      keys();
      return;
    }
    int rows = lines.size();
    area.clear(last - rows, Styles.PLAIN);
    lines.draw(area.part(1, last - rows + 1, columns, rows), -1);
    type(prompt, area.row(last - rows));
  }

  private void type(LinePrompt prompt, Area row) {
    String about = prompt.ticket() == null ? "" : "#" + prompt.ticket().number() + " ";
    int most = Math.max(1, row.columns() - LEAST_INPUT - 1);
    String label = row.cut(row.shown(about + prompt.purpose().label()), most);
    int at = row.put(1, 0, label, Styles.STRONG);
    InputViewport.Window window =
        InputViewport.ofLine(prompt.typed())
            .window(row.columns() - at - 1, row.glyphs().ellipsis());
    row.put(at, 0, window.text(), Styles.PLAIN);
    row.cursor(at + window.cursor(), 0);
  }

  private void choice(ChoiceMenu menu) {
    area.point(1, last - 1);
    LineWriter writer = area.writer(last - 1).at(1);
    int options = menu.options().stream().mapToInt(this::width).sum();
    String label = area.cut(area.shown(menu.label()), Math.max(columns / 2, columns - options - 2));
    writer.put(label, Styles.STRONG).space(2, Styles.PLAIN);
    for (ChoiceMenu.Option option : menu.options()) {
      String key = Character.toString(option.key());
      String word = area.shown(option.word());
      String behind = word.startsWith(key) ? word.substring(key.length()) : " " + word;
      writer.put("[" + key + "]", Styles.STRONG).put(behind, Styles.PLAIN).space(2, Styles.PLAIN);
    }
    if (menu.reason() != null) {
      writer.put("\"" + menu.reason() + '"', Styles.QUIET);
    }
    keys();
  }

  /** The width of an option with its brackets and the space behind it. */
  private int width(ChoiceMenu.Option option) {
    String key = Character.toString(option.key());
    String word = area.shown(option.word());
    return CellText.width(word) + (word.startsWith(key) ? 4 : 6);
  }

  /** Whether the message is so recent that it has priority over the footer. */
  private boolean isNew() {
    return model.now().since(model.status().sinceNanos()).compareTo(LATELY) < 0;
  }

  /**
   * @param whole whether the message may take the footer's row
   */
  private void status(boolean whole) {
    StatusLine.Kind kind = model.status().kind();
    String text = model.status().text();
    if (kind == StatusLine.Kind.NOTHING && model.link().cause() != null) {
      kind = StatusLine.Kind.REFUSED;
      text = model.link().cause();
    }
    String said = text.isEmpty() ? "" : area.glyphs().prefix(kind) + text;
    String waiting = model.waitingWords();
    // A notice of others' changes is not worth the footer.
    boolean twoRows = whole && kind != StatusLine.Kind.HAPPENED;
    if (twoRows && waiting == null && CellText.width(area.shown(said)) > columns) {
      TextBlock lines = new TextBlock();
      lines.text(area.inset(1), said, style(kind), MOST_STATUS);
      lines.draw(area.part(1, last - 1, columns, MOST_STATUS), -1);
      return;
    }
    new FlexLine(area.row(last - 1))
        .flexible(said, style(kind), FlexLine.KEPT, 2)
        .right(waiting, Styles.CAUTION, 1)
        .draw(Styles.PLAIN);
    keys();
  }

  private static Style style(StatusLine.Kind kind) {
    return switch (kind) {
      case NOTHING, HAPPENED -> Styles.QUIET;
      case DONE -> Styles.GOOD;
      case WAITING, REFUSED -> Styles.CAUTION;
      case ALARM -> Styles.ALARM;
    };
  }
}
