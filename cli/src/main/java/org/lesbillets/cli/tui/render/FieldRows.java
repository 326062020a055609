package org.lesbillets.cli.tui.render;

import java.util.List;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.editor.FormText;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.model.field.TicketField;

/**
 * The rows of one field of a form: its label, its value, and below it the value of a concurrent
 * change by another agent. Used for one frame; confined to the thread that draws.
 */
final class FieldRows {
  /** The column of the values, behind the cursor mark, the mark of a change, and the label. */
  static final int VALUE_AT = 15;

  private final TicketForm form;
  private final int place;
  private final int columns;
  private final TicketField<?> field;
  private final boolean focused;

  /**
   * @param place the index of the field
   * @param columns the width of the form
   */
  FieldRows(TicketForm form, int place, int columns) {
    this.form = form;
    this.place = place;
    this.columns = columns;
    this.field = form.fields().get(place);
    this.focused = place == form.focus();
  }

  /**
   * Adds the rows of the field.
   *
   * @param most the limit of rows for a text of several lines
   */
  void add(TextBlock block, int most) {
    if (field == TicketField.DESCRIPTION) {
      description(block, most);
    } else {
      block.add(place, row -> value(label(row, field.wireName())));
    }
    String theirs = form.theirs().get(field);
    if (theirs != null) {
      block.add(place, row -> theirs(theirs.isEmpty() ? "nothing" : theirs, row));
    }
  }

  private static void theirs(String value, Area row) {
    row.writer(0)
        .space(2, Styles.PLAIN)
        .left("! theirs", VALUE_AT - 2, Styles.CAUTION)
        .put(value, Styles.CAUTION);
  }

  /** Draws the label, and returns the area of the value. */
  private Area label(Area row, String name) {
    boolean changed =
        !form.isNew() && !FormText.written(form.base().content(), field).equals(typed().text());
    row.writer(0)
        .left(focused ? row.glyphs().mark(Mark.CURSOR) : "", 1, Styles.STRONG)
        .left(changed ? "*" : "", 1, Styles.STRONG)
        .put(name, focused ? Styles.STRONG : Styles.QUIET);
    return row.part(VALUE_AT, 0, row.columns() - VALUE_AT, 1);
  }

  private TypedText typed() {
    return form.value(field);
  }

  private void value(Area area) {
    if (!field.type().choices().isEmpty()) {
      area.put(0, 0, "< " + typed().text() + " >", focused ? Styles.CHOSEN : Styles.PLAIN);
      if (focused) {
        area.point(2, 0);
      }
    } else if (focused) {
      InputViewport.Window window =
          InputViewport.ofLine(typed()).window(area.columns(), area.glyphs().ellipsis());
      area.put(0, 0, window.text(), Styles.BOLD);
      area.cursor(window.cursor(), 0);
    } else {
      area.put(0, 0, typed().text(), Styles.PLAIN);
    }
  }

  private void description(TextBlock block, int most) {
    InputViewport shown = InputViewport.ofLines(typed());
    List<InputViewport.Line> lines = shown.lines(columns - VALUE_AT - 1);
    int count = Math.min(most, lines.size());
    int top = focused ? Math.max(0, shown.cursorLine(lines) - count + 1) : 0;
    block.add(place, row -> line(label(row, field.wireName()), shown, lines.get(top)));
    for (int i = 1; i < count; i++) {
      InputViewport.Line line = lines.get(top + i);
      String more = i == 1 && lines.size() > count ? "  " + lines.size() + " lines" : "";
      block.add(place, row -> line(more(row, more), shown, line));
    }
  }

  private static Area more(Area row, String words) {
    row.put(0, 0, words, Styles.QUIET);
    return row.part(VALUE_AT, 0, row.columns() - VALUE_AT, 1);
  }

  private void line(Area area, InputViewport shown, InputViewport.Line line) {
    Style style = focused ? Styles.BOLD : Styles.PLAIN;
    area.put(0, 0, shown.text().substring(line.start(), line.end()), style);
    if (focused && shown.isOn(line)) {
      area.cursor(shown.cursorCell(line), 0);
    }
  }
}
