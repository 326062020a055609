package org.lesbillets.cli.tui.render;

import java.util.List;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.FormText;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.model.field.TicketField;

/** A field of a form: its name, what stands in it, and what others wrote into it meanwhile. */
final class FieldRows {
  /** Where the values begin: behind the mark of the cursor, that of a change, and the name. */
  static final int VALUE_AT = 15;

  private final TicketForm form;
  private final int place;
  private final int columns;
  private final TicketField field;
  private final boolean focused;

  /**
   * @param place which field it is
   * @param columns how wide the form is
   */
  FieldRows(TicketForm form, int place, int columns) {
    this.form = form;
    this.place = place;
    this.columns = columns;
    this.field = form.fields().get(place);
    this.focused = place == form.focus();
  }

  /**
   * Adds what there is to draw.
   *
   * @param most rows for a text of several lines
   */
  void add(Sheet sheet, int most) {
    if (field == TicketField.DESCRIPTION) {
      description(sheet, most);
    } else {
      sheet.add(place, row -> value(label(row, field.wireName())));
    }
    String theirs = form.theirs().get(field);
    if (theirs != null) {
      sheet.add(place, row -> theirs(theirs.isEmpty() ? "nothing" : theirs, row));
    }
  }

  private static void theirs(String value, Area row) {
    row.pen(0)
        .space(2, Looks.PLAIN)
        .left("! theirs", VALUE_AT - 2, Looks.CAUTION)
        .put(value, Looks.CAUTION);
  }

  /** Draws what stands before the value. */
  private Area label(Area row, String name) {
    boolean changed =
        !form.isNew() && !FormText.written(form.base().content(), field).equals(typed().text());
    row.pen(0)
        .left(focused ? row.glyphs().mark(Mark.CURSOR) : "", 1, Looks.STRONG)
        .left(changed ? "*" : "", 1, Looks.STRONG)
        .put(name, focused ? Looks.STRONG : Looks.QUIET);
    return row.part(VALUE_AT, 0, row.columns() - VALUE_AT, 1);
  }

  private TypedText typed() {
    return form.value(field);
  }

  private void value(Area area) {
    if (!FormText.choices(field).isEmpty()) {
      area.put(0, 0, "< " + typed().text() + " >", focused ? Looks.CHOSEN : Looks.PLAIN);
      if (focused) {
        area.point(2, 0);
      }
    } else if (focused) {
      ShownInput.Window window =
          ShownInput.ofLine(typed()).window(area.columns(), area.glyphs().ellipsis());
      area.put(0, 0, window.text(), Looks.BOLD);
      area.cursor(window.cursor(), 0);
    } else {
      area.put(0, 0, typed().text(), Looks.PLAIN);
    }
  }

  private void description(Sheet sheet, int most) {
    ShownInput shown = ShownInput.ofLines(typed());
    List<ShownInput.Line> lines = shown.lines(columns - VALUE_AT - 1);
    int count = Math.min(most, lines.size());
    int top = focused ? Math.max(0, shown.cursorLine(lines) - count + 1) : 0;
    sheet.add(place, row -> line(label(row, field.wireName()), shown, lines.get(top)));
    for (int i = 1; i < count; i++) {
      ShownInput.Line line = lines.get(top + i);
      String more = i == 1 && lines.size() > count ? "  " + lines.size() + " lines" : "";
      sheet.add(place, row -> line(more(row, more), shown, line));
    }
  }

  private static Area more(Area row, String words) {
    row.put(0, 0, words, Looks.QUIET);
    return row.part(VALUE_AT, 0, row.columns() - VALUE_AT, 1);
  }

  private void line(Area area, ShownInput shown, ShownInput.Line line) {
    Style style = focused ? Looks.BOLD : Looks.PLAIN;
    area.put(0, 0, shown.text().substring(line.start(), line.end()), style);
    if (focused && shown.isOn(line)) {
      area.cursor(shown.cursorCell(line), 0);
    }
  }
}
