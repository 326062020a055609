package org.lesbillets.cli.tui.render;

import java.util.List;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.FormLease;
import org.lesbillets.cli.tui.state.FormText;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.model.TicketField;

/** A form over the lower part of what stands behind it; where there is little room, over it all. */
final class FormPane {
  private static final int LABEL = 13;

  /** How many rows a sentence about the whole form takes at most. */
  private static final int SENTENCE = 3;

  private final TicketForm form;
  private final KeyMap keys;
  private final Area area;
  private final Sheet above = new Sheet();
  private final Sheet fields = new Sheet();
  private final Sheet below = new Sheet();

  private FormPane(TicketForm form, KeyMap keys, Area area) {
    this.form = form;
    this.keys = keys;
    this.area = area;
  }

  static void draw(TicketForm form, KeyMap keys, Area area) {
    FormPane pane = new FormPane(form, keys, area);
    pane.compose();
    pane.draw();
  }

  private void compose() {
    Area inside = area.inset(1);
    StatusLine.Kind kind =
        form.lease().phase() == FormLease.Phase.LOST
            ? StatusLine.Kind.ALARM
            : StatusLine.Kind.REFUSED;
    Style style = kind == StatusLine.Kind.ALARM ? Looks.ALARM : Looks.CAUTION;
    if (form.lease().isGone() && form.lease().sentence() != null) {
      String sentence = area.glyphs().prefix(kind) + form.lease().sentence();
      above.text(inside, sentence, style, SENTENCE);
    }
    List<TicketField> all = form.fields();
    for (int i = 0; i < all.size(); i++) {
      field(i, all.get(i));
    }
    fields.add(-1, row -> {});
    fields.add(all.size(), this::button);
    below.text(inside, form.notice(), Looks.CAUTION, SENTENCE);
  }

  private void field(int place, TicketField field) {
    fields.add(place, row -> paint(field, place == form.focus(), row));
    String theirs = form.theirs().get(field);
    if (theirs != null) {
      String value = theirs.isEmpty() ? "nothing" : theirs;
      fields.add(place, row -> theirs(value, row));
    }
  }

  private static void theirs(String value, Area row) {
    row.pen(0)
        .space(2, Looks.PLAIN)
        .left("! theirs", LABEL, Looks.CAUTION)
        .put(value, Looks.CAUTION);
  }

  private void draw() {
    int wanted = 1 + above.size() + fields.size() + below.size();
    int rows = Math.min(area.rows(), wanted);
    Area sheet = area.part(0, area.rows() - rows, area.columns(), rows);
    Area inside = Frame.lid(sheet, title());
    Frame.right(sheet, leaseWords(), leaseStyle());
    int spare = Math.max(0, inside.rows() - Math.min(SENTENCE, fields.size()));
    int top = Math.min(above.size(), spare);
    int bottom = Math.min(below.size(), spare - top);
    above.draw(inside.part(0, 0, inside.columns(), top), -1);
    int middle = inside.rows() - top - bottom;
    fields.draw(inside.part(0, top, inside.columns(), middle), form.focus());
    below.draw(inside.part(0, top + middle, inside.columns(), bottom), -1);
  }

  private String title() {
    return form.isNew() ? "New ticket" : "Edit #" + form.base().number();
  }

  private String leaseWords() {
    return switch (form.lease().phase()) {
      case UNNEEDED -> "";
      case ASKED -> "locking…";
      case HELD -> area.glyphs().mark(Mark.MINE) + " locked by you while this is open";
      case REFUSED -> area.glyphs().prefix(StatusLine.Kind.REFUSED) + "not locked";
      case LOST -> area.glyphs().prefix(StatusLine.Kind.ALARM) + "the lock is lost";
    };
  }

  private Style leaseStyle() {
    return switch (form.lease().phase()) {
      case UNNEEDED -> Looks.PLAIN;
      case ASKED, REFUSED -> Looks.CAUTION;
      case HELD -> Looks.MINE;
      case LOST -> Looks.ALARM;
    };
  }

  private void paint(TicketField field, boolean focused, Area row) {
    Pen pen = row.pen(0);
    pen.left(focused ? row.glyphs().mark(Mark.CURSOR) : "", 1, Looks.STRONG);
    pen.left(isChanged(field) ? "*" : "", 1, Looks.STRONG);
    pen.left(field.wireName(), LABEL, focused ? Looks.STRONG : Looks.QUIET);
    Area value = row.part(pen.column(), 0, row.columns() - pen.column(), 1);
    if (field == TicketField.DESCRIPTION) {
      description(value, focused);
    } else if (!FormText.choices(field).isEmpty()) {
      Style style = focused ? Looks.CHOSEN : Looks.PLAIN;
      value.put(0, 0, "< " + form.value(field).text() + " >", style);
    } else if (focused) {
      ShownInput.Window window =
          ShownInput.ofLine(form.value(field)).window(value.columns(), row.glyphs().ellipsis());
      value.put(0, 0, window.text(), Looks.BOLD);
      value.cursor(window.cursor(), 0);
    } else {
      value.put(0, 0, form.value(field).text(), Looks.PLAIN);
    }
  }

  private boolean isChanged(TicketField field) {
    return !form.isNew()
        && !FormText.written(form.base().content(), field).equals(form.value(field).text());
  }

  private void description(Area value, boolean focused) {
    String text = form.value(TicketField.DESCRIPTION).text().strip();
    long lines = text.lines().count();
    String first = text.lines().findFirst().orElse("(none)");
    String more = lines > 1 ? "(" + lines + " lines)" : "";
    List<Key> editor = keys.keys(Action.EDITOR);
    String hint = editor.isEmpty() ? "" : editor.get(0) + ": your editor";
    new Pieces(value.part(-1, 0, value.columns() + 1, 1))
        .flexible(first, focused ? Looks.CHOSEN : Looks.PLAIN, 9)
        .left(more, Looks.QUIET, 8)
        .left(hint, Looks.QUIET, 7)
        .draw(Looks.PLAIN);
  }

  private void button(Area row) {
    boolean focused = form.focus() == form.fields().size();
    Pen pen = row.pen(0);
    pen.left(focused ? row.glyphs().mark(Mark.CURSOR) : "", 2 + LABEL, Looks.STRONG);
    pen.put("[ " + (form.isNew() ? "Create" : "Save") + " ]", focused ? Looks.CHOSEN : Looks.BOLD);
    pen.space(2, Looks.PLAIN).put(saving(), savingStyle());
  }

  private String saving() {
    return switch (form.saving()) {
      case NO -> form.lease().isGone() ? "asks for the lock again first" : saveKey();
      case WISHED -> "as soon as the lock is there…";
      case SENT -> "saving…";
    };
  }

  private Style savingStyle() {
    return form.saving() == TicketForm.Saving.NO ? Looks.QUIET : Looks.CAUTION;
  }

  private String saveKey() {
    List<Key> save = keys.keys(Action.SAVE);
    return save.isEmpty() ? "" : save.get(0).spelling();
  }
}
