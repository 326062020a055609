package org.lesbillets.cli.tui.render;

import java.util.List;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.FormLease;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.model.field.TicketField;

/**
 * The pane of a form, over the lower part of the screen; over all of it when there is little room.
 * The fields scroll so that the focused one is visible; notices above and below them do not. Used
 * for one frame; confined to the thread that draws.
 */
final class FormPane {
  private static final int MOST_DESCRIPTION = 8;

  /** The limit of rows for a notice about the whole form. */
  private static final int SENTENCE = 3;

  private final TicketForm form;
  private final KeyMap keys;
  private final Area area;
  private final TextBlock above = new TextBlock();
  private final TextBlock fields = new TextBlock();
  private final TextBlock below = new TextBlock();

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

  /** The number of rows it covers, from the bottom of the area. */
  static int rows(TicketForm form, KeyMap keys, Area area) {
    FormPane pane = new FormPane(form, keys, area);
    pane.compose();
    return pane.rows();
  }

  private int rows() {
    return Math.min(area.rows(), 1 + above.size() + fields.size() + below.size());
  }

  private void compose() {
    Area inside = area.inset(1);
    if (form.lease().isGone() && form.lease().sentence() != null) {
      boolean lost = form.lease().phase() == FormLease.Phase.LOST;
      StatusLine.Kind kind = lost ? StatusLine.Kind.ALARM : StatusLine.Kind.REFUSED;
      above.text(
          inside, area.glyphs().prefix(kind) + form.lease().sentence(), leaseStyle(), SENTENCE);
    }
    List<TicketField<?>> all = form.fields();
    for (int i = 0; i < all.size(); i++) {
      new FieldRows(form, i, inside.columns()).add(fields, descriptionRows());
    }
    fields.add(-1, row -> {});
    fields.add(all.size(), this::button);
    below.text(inside, form.notice(), Styles.CAUTION, SENTENCE);
  }

  /** The rows for the description: what the other fields leave free, up to a limit. */
  private int descriptionRows() {
    int others = form.fields().size() + form.theirs().size() + above.size() + 5;
    return Math.max(1, Math.min(MOST_DESCRIPTION, area.rows() - others));
  }

  private void draw() {
    int rows = rows();
    Area sheet = area.part(0, area.rows() - rows, area.columns(), rows);
    Area inside = PaneBorder.lid(sheet, title());
    PaneBorder.right(sheet, leaseWords(), leaseStyle());
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
      case HELD -> area.glyphs().mark(Mark.MINE) + " locked by you";
      case REFUSED, BLOCKED -> area.glyphs().prefix(StatusLine.Kind.REFUSED) + "not locked";
      case ELSEWHERE -> area.glyphs().prefix(StatusLine.Kind.REFUSED) + "locked by you elsewhere";
      case LOST -> area.glyphs().prefix(StatusLine.Kind.ALARM) + "the lock is lost";
    };
  }

  private Style leaseStyle() {
    return switch (form.lease().phase()) {
      case UNNEEDED -> Styles.PLAIN;
      case ASKED, REFUSED, BLOCKED, ELSEWHERE -> Styles.CAUTION;
      case HELD -> Styles.MINE;
      case LOST -> Styles.ALARM;
    };
  }

  private void button(Area row) {
    boolean focused = form.focus() == form.fields().size();
    if (focused) {
      row.point(FieldRows.VALUE_AT, 0);
    }
    LineWriter writer = row.writer(0);
    writer.left(focused ? row.glyphs().mark(Mark.CURSOR) : "", FieldRows.VALUE_AT, Styles.STRONG);
    writer.put(
        "[ " + (form.isNew() ? "Create" : "Save") + " ]", focused ? Styles.CHOSEN : Styles.BOLD);
    writer.space(2, Styles.PLAIN).put(saving(), savingStyle());
  }

  private String saving() {
    return switch (form.saving()) {
      case NO -> form.lease().isGone() ? asksAgain() : saveKey();
      case WISHED -> "as soon as the lock is there…";
      case SENT -> "saving…";
    };
  }

  private String asksAgain() {
    return form.lease().phase() == FormLease.Phase.ELSEWHERE
        ? "takes the lock over first"
        : "asks for the lock again first";
  }

  private Style savingStyle() {
    return form.saving() == TicketForm.Saving.NO ? Styles.QUIET : Styles.CAUTION;
  }

  private String saveKey() {
    String saves = keys.key(Action.SAVE).map(key -> key + "   ").orElse("");
    return saves + keys.key(Action.EDITOR).map(key -> key + ": your editor").orElse("");
  }
}
