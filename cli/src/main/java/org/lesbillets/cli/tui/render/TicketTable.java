package org.lesbillets.cli.tui.render;

import static java.util.Locale.ROOT;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.screen.Tone;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.list.ListRow;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.field.FieldText;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketOrder.Field;

/**
 * The table of tickets: a heading and a row for each ticket in the list's window. Used for one
 * frame; confined to the thread that draws.
 */
final class TicketTable {
  private final UiModel model;
  private final Area area;
  private final TableColumns columns;
  private final HumanTime time;
  private final TicketId chosen;
  private final boolean stale;

  private TicketTable(UiModel model, Area area) {
    this.model = model;
    this.area = area;
    this.columns =
        TableColumns.of(
            area.columns(), model.list().visible(), model.list().showsLocks(model.now()));
    this.time = new HumanTime(Clock.fixed(model.now().wall(), model.settings().zone()));
    this.chosen = model.list().selected().map(row -> row.shown().id()).orElse(null);
    this.stale = model.link().isStale(model.now());
  }

  /** Draws the rows that fit; if that is not the whole window, the selected one is among them. */
  static void draw(UiModel model, Area area) {
    List<ListRow> rows = model.list().visible();
    TicketTable table = new TicketTable(model, area);
    table.heading();
    int cursor = model.list().selectedIndex() - model.list().top();
    int first = Math.max(0, cursor + 2 - area.rows());
    for (int i = first; i < rows.size(); i++) {
      table.row(i - first + 1, rows.get(i));
    }
    if (rows.isEmpty()) {
      EmptyListPane.draw(model, area);
    }
  }

  private void heading() {
    Style style = Styles.QUIET.withBold();
    LineWriter writer = area.writer(0).space(TableColumns.GUTTER, style);
    writer.right(title("#", Field.NUMBER), columns.number(), style).space(1, style);
    String priority = columns.priority() == 1 ? "P" : title("PRIO", Field.PRIORITY);
    writer.left(priority, columns.priority(), style).space(1, style);
    writer.left(title("TITLE", Field.TITLE), columns.title(), style);
    lockHeading(writer, style);
    boolean sorted = model.filter().order().field() == Field.ASSIGNEE;
    String assignee = title(sorted ? "ASSIGN" : "ASSIGNEE", Field.ASSIGNEE);
    behind(writer, columns.assignee(), assignee, style);
    behind(writer, columns.tags(), "TAGS", style);
    if (columns.age() > 0) {
      String age = isByUpdate() ? title("UPD", Field.UPDATED) : title("AGE", Field.CREATED);
      writer.space(1, style).right(age, columns.age(), style);
    }
    writer.rest(style);
  }

  private void lockHeading(LineWriter writer, Style style) {
    if (columns.lock() > 0) {
      int name = TableColumns.SIGN + (columns.holder() == 0 ? 0 : columns.holder() + 1);
      writer.space(1, style).left("LOCK", Math.max(name, 4), style);
      writer.right(name < 4 ? "" : "HELD", TableColumns.HELD - Math.max(0, 4 - name), style);
      writer.right("LEFT", TableColumns.LEFT, style);
    }
  }

  /** A column heading, with an arrow if the list is sorted by it. */
  private String title(String words, Field field) {
    TicketOrder order = model.filter().order();
    if (order.field() != field) {
      return words;
    }
    return words + (order.descending() ? area.glyphs().down() : area.glyphs().up());
  }

  private void row(int line, ListRow row) {
    Ticket ticket = row.shown();
    boolean here = ticket.id().equals(chosen);
    boolean fresh = row.isFresh(model.now());
    RowStyle look = new RowStyle(here, fresh, base(row), stale);
    LineWriter writer = area.writer(line);
    writer.put(here ? area.glyphs().mark(Mark.CURSOR) : " ", look.of(Styles.STRONG));
    String news = row.gone() ? area.glyphs().mark(Mark.GONE) : fresh ? mark(Mark.FRESH) : " ";
    writer.put(news, look.of(Styles.STRONG)).space(1, look.text());
    content(writer, ticket, look);
    if (columns.lock() > 0) {
      lock(writer.space(1, look.text()), LockCell.of(ticket, model, time), look);
    }
    behindLock(writer, ticket, look);
    writer.rest(look.text());
    if (here) {
      area.point(TableColumns.GUTTER, line);
    }
  }

  private static Style base(ListRow row) {
    if (row.gone()) {
      return Styles.FADED;
    }
    return row.shown().isOpen() && !row.shown().isAsleep() ? null : Styles.QUIET;
  }

  private String mark(Mark mark) {
    return area.glyphs().mark(mark);
  }

  private void lock(LineWriter writer, LockCell cell, RowStyle look) {
    Style style = look.of(cell.style());
    if (cell.mark() == Mark.CLOSED) {
      writer.left(mark(cell.mark()) + " " + cell.holder(), columns.lock(), style);
    } else {
      writer.left(cell.mark() == null ? "" : mark(cell.mark()), TableColumns.SIGN, style);
      if (columns.holder() > 0) {
        writer.left(cell.holder(), columns.holder(), style).space(1, style);
      }
      writer.right(cell.held(), TableColumns.HELD, style);
      writer.right(cell.left(), TableColumns.LEFT, style);
    }
  }

  private void content(LineWriter writer, Ticket ticket, RowStyle look) {
    writer.right(Long.toString(ticket.number()), columns.number(), look.of(Styles.ACCENT));
    String word = ticket.content().priority().wireName();
    String priority = columns.priority() == 1 ? word.substring(0, 1).toUpperCase(ROOT) : word;
    writer
        .space(1, look.text())
        .left(priority, columns.priority(), look.of(Styles.of(ticket.content().priority())));
    // Otherwise the lock's columns show it.
    boolean saysClosed = !ticket.isOpen() && (ticket.isLocked() || columns.lock() == 0);
    String closed = saysClosed ? mark(Mark.CLOSED) + " closed: " : "";
    writer
        .space(1, look.text())
        .left(closed + asleep(ticket) + ticket.content().title(), columns.title(), look.title());
  }

  private String asleep(Ticket ticket) {
    Instant wakeAt = ticket.content().wakeAt();
    return wakeAt == null ? "" : "zzz until " + time.moment(wakeAt) + ": ";
  }

  private void behindLock(LineWriter writer, Ticket ticket, RowStyle look) {
    AgentName assignee = ticket.content().assignee();
    boolean mine = assignee != null && assignee.equals(model.me());
    String whose = assignee == null ? "" : mine ? "you" : assignee.value();
    behind(writer, columns.assignee(), whose, look.of(mine ? Styles.MINE : Styles.PLAIN));
    String tags =
        ticket.content().tags().stream().map(FieldText::spaced).collect(Collectors.joining(" "));
    behind(writer, columns.tags(), tags, look.of(Styles.QUIET));
    if (columns.age() > 0) {
      String age = time.age((isByUpdate() ? ticket.updated() : ticket.created()).at());
      writer.space(1, look.text()).right(age, columns.age(), look.of(Styles.QUIET));
    }
  }

  /** Draws a column behind the title, unless it is hidden. */
  private static void behind(LineWriter writer, int cells, String text, Style style) {
    if (cells > 0) {
      writer.space(1, style).left(text, cells, style);
    }
  }

  private boolean isByUpdate() {
    return model.filter().order().field() == Field.UPDATED;
  }

  /**
   * The style of a row of the list.
   *
   * @param chosen whether it is selected
   * @param fresh whether it has just changed
   * @param base the style of all its parts; null for that of each
   * @param stale whether it may be outdated, since the connection is lost
   */
  private record RowStyle(boolean chosen, boolean fresh, Style base, boolean stale) {
    /** The style of plain text in it. */
    Style text() {
      return of(Styles.PLAIN);
    }

    Style title() {
      return of(fresh ? Styles.BOLD.withTone(Tone.ACCENT) : Styles.PLAIN);
    }

    /** The style of a part in it, given that in an ordinary row. */
    Style of(Style part) {
      if (chosen) {
        return stale ? Styles.CHOSEN.withDim() : Styles.CHOSEN;
      }
      Style style = base == null ? part : base;
      return stale ? style.withDim() : style;
    }
  }
}
