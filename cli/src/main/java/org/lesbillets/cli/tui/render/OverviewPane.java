package org.lesbillets.cli.tui.render;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.list.LiveTickets;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;

/**
 * The dashboard: tickets by status, priority and assignee, sparklines of activity, and the locks
 * held longest. Caches its statistics until a ticket changes; on a big desk for half a second more,
 * so that counting is throttled. Confined to the thread that draws.
 */
final class OverviewPane {
  private static final int TWO_COLUMNS_FROM = 56;
  private static final int GAP = 3;

  /** The rows of a block: a heading, four rows, a blank one. */
  private static final int BLOCK = 6;

  /** Up to this size tickets are counted for any frame; above it, throttled. */
  private static final int AT_ONCE = 5_000;

  private static final Duration PAUSE = Duration.ofMillis(500);

  private TicketBook counted;
  private long countedNanos;
  private long revision;
  private int size;
  private TicketStats stats;

  /**
   * @param above the row above the pane
   */
  void draw(UiModel model, Area above, Area area) {
    FlexLine line = new FlexLine(above).left("Overview", Styles.STRONG, FlexLine.KEPT);
    line.left("of all " + model.tickets().book().size() + " tickets", Styles.QUIET, 3);
    FilterLine.progress(model, line);
    line.right("revision " + model.tickets().book().revision(), Styles.QUIET, 2);
    line.draw(Styles.PLAIN);
    count(model);
    Area inside = area.inset(1);
    inside.point(0, 0);
    if (inside.columns() >= TWO_COLUMNS_FROM) {
      twoColumns(model, inside);
    } else {
      oneColumn(model, inside);
    }
  }

  private void count(UiModel model) {
    TicketBook book = model.tickets().book();
    boolean same = counted == book && revision == book.revision() && size == book.size();
    boolean due = model.now().since(countedNanos).compareTo(PAUSE) >= 0;
    if (stats == null || !same && (due || book.size() <= AT_ONCE)) {
      stats = TicketStats.of(model.tickets());
      counted = book;
      countedNanos = model.now().nanos();
      revision = book.revision();
      size = book.size();
    }
  }

  private void twoColumns(UiModel model, Area area) {
    int half = (area.columns() - GAP) / 2;
    int right = area.columns() - half;
    int all = stats.assignees().size() + 3;
    int people = Math.max(BLOCK, Math.min(all, (area.rows() - BLOCK) / 2));
    status(model.tickets(), area.part(0, 0, half, BLOCK));
    priorities(area.part(right, 0, half, BLOCK));
    assignees(model, area.part(0, BLOCK, half, people - 1));
    activity(model, area.part(right, BLOCK, half, people));
    int top = BLOCK + people;
    locks(model, area.part(0, top, area.columns(), area.rows() - top));
  }

  private void oneColumn(UiModel model, Area area) {
    int width = area.columns();
    status(model.tickets(), area.part(0, 0, width, BLOCK));
    priorities(area.part(0, BLOCK - 1, width, BLOCK));
    activity(model, area.part(0, 2 * BLOCK - 1, width, BLOCK));
    assignees(model, area.part(0, 3 * BLOCK - 1, width, BLOCK));
    locks(model, area.part(0, 4 * BLOCK, width, area.rows() - 4 * BLOCK));
  }

  private static void status(LiveTickets tickets, Area area) {
    int all = Math.max(1, tickets.open() + tickets.closed());
    BarChart bars = new BarChart(area, "Tickets", all, 8);
    bars.add("open", tickets.open(), Styles.GOOD);
    bars.add("locked", tickets.locked(), Styles.CAUTION);
    bars.add("closed", tickets.closed(), Styles.QUIET);
  }

  private void priorities(Area area) {
    int most = stats.priorities().values().stream().mapToInt(i -> i).max().orElse(0);
    BarChart bars = new BarChart(area, "Open tickets by priority", most, 8);
    List<Priority> all = List.of(Priority.values());
    for (int i = all.size() - 1; i >= 0; i--) {
      bars.add(all.get(i).wireName(), stats.priorities().get(all.get(i)), Styles.of(all.get(i)));
    }
  }

  private void assignees(UiModel model, Area area) {
    List<TicketStats.Load> loads = stats.assignees();
    int most = loads.stream().mapToInt(TicketStats.Load::tickets).max().orElse(0);
    int label = Math.min(16, Math.max(8, area.columns() / 4));
    BarChart bars =
        new BarChart(area, "Open tickets by assignee", Math.max(most, stats.unassigned()), label);
    bars.add("nobody", stats.unassigned(), Styles.CAUTION);
    int shown = loads.size() <= area.rows() - 2 ? loads.size() : Math.max(0, area.rows() - 3);
    for (TicketStats.Load load : loads.subList(0, shown)) {
      boolean mine = load.agent().equals(model.me());
      bars.add(
          mine ? "you" : load.agent().value(), load.tickets(), mine ? Styles.MINE : Styles.ACCENT);
    }
    List<TicketStats.Load> others = loads.subList(shown, loads.size());
    if (!others.isEmpty()) {
      int rest = others.stream().mapToInt(TicketStats.Load::tickets).sum();
      bars.words(others.size() + (others.size() == 1 ? " other: " : " others: ") + rest);
    }
  }

  private static void activity(UiModel model, Area area) {
    int[] changes = model.activity().changes();
    int[] locks = model.activity().locks();
    String since =
        changes.length == 0
            ? ""
            : ", the last " + (changes.length == 1 ? "minute" : changes.length + " minutes");
    area.put(0, 0, "Activity" + since, Styles.STRONG);
    int minute = changes.length == 0 ? 0 : changes[changes.length - 1];
    course(area.part(0, 1, area.columns(), 2), "changes a minute: " + minute + " now", changes);
    int held = model.tickets().locked();
    course(area.part(0, 3, area.columns(), 2), "locks held: " + held + " now", locks);
  }

  private static void course(Area area, String words, int[] values) {
    int most = IntStream.of(values).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (int i = Math.max(0, values.length - area.columns()); i < values.length; i++) {
      line.append(area.glyphs().level(values[i], most));
    }
    area.put(0, 0, line.toString(), Styles.ACCENT);
    area.put(0, 1, words + ", " + most + " at most", Styles.QUIET);
  }

  private void locks(UiModel model, Area area) {
    // The cached statistics may name locks that were released since.
    List<Ticket> longest =
        stats.longest().stream()
            .flatMap(seen -> model.tickets().find(seen.id()).stream())
            .filter(Ticket::isLocked)
            .limit(Math.max(0, area.rows() - 1))
            .toList();
    area.put(0, 0, "Locks held longest", Styles.STRONG);
    if (longest.isEmpty()) {
      area.put(0, 1, "Nobody holds a lock.", Styles.QUIET);
    }
    HumanTime time = new HumanTime(Clock.fixed(model.now().wall(), model.settings().zone()));
    for (int i = 0; i < longest.size(); i++) {
      lock(model, longest.get(i), time, area.row(i + 1));
    }
  }

  private static void lock(UiModel model, Ticket ticket, HumanTime time, Area row) {
    LockCell cell = LockCell.of(ticket, model, time);
    Style style = cell.style();
    LineWriter writer = row.writer(0).put(row.glyphs().mark(cell.mark()) + " ", style);
    writer.left(cell.holder(), 10, style).right(cell.held(), 6, style).right(cell.left(), 8, style);
    writer.put(" left ", style).right("#" + ticket.number(), 7, Styles.ACCENT);
    writer.space(2, Styles.PLAIN).put(ticket.content().title(), Styles.PLAIN);
  }
}
