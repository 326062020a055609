package org.lesbillets.cli.tui.state.list;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;

/**
 * The rows of the list, the window one sees of them, and the cursor, which is on a ticket and not
 * on a row: it keeps its ticket and, as far as there are rows to fill the window, its line on the
 * screen, whatever happens around it.
 *
 * <p>Owned by one thread; bounded by the tickets that match. A change costs a search of the list
 * and the moving of what stands behind it, so that 100,000 rows take a thousand changes a second.
 */
public final class ListRows {

  /** How a change is pointed out. */
  public enum Notice {
    CHANGED,
    /** Not at all: nothing has happened that anybody waits for. */
    NONE
  }

  /** How long the columns of locks stay after the last lock of the list has ended. */
  private static final Duration LINGER = Duration.ofSeconds(10);

  private final SortedRows rows = new SortedRows();

  /** Tickets that came into the list and were not in the window yet. */
  private final Set<TicketId> arrived = new HashSet<>();

  /** When the last lock of this list ended; null when there was none, or there is one. */
  private Long unlockedNanos;

  private TicketId selected;
  private int top;
  private int height = 1;

  /**
   * Shows another list: nothing of the old one stays, but the cursor's ticket if it is in this one.
   *
   * @param sorted in the order of {@code order}
   */
  public void show(List<Ticket> sorted, Comparator<Ticket> order) {
    replace(sorted, order, List.of());
    arrived.clear();
    unlockedNanos = null;
  }

  /**
   * Takes a newer reading of the same list. What one sees and is not in it any more stays until the
   * cursor moves.
   *
   * @param sorted in the order of {@code order}
   */
  public void refresh(List<Ticket> sorted, Comparator<Ticket> order) {
    replace(sorted, order, List.copyOf(visible()));
    arrived.removeIf(id -> rows.find(id) == null);
  }

  private void replace(List<Ticket> sorted, Comparator<Ticket> order, List<Row> staying) {
    int line = line();
    Map<TicketId, Long> changed = new HashMap<>();
    visible().forEach(row -> changed.put(row.shown().id(), row.changedNanos()));
    List<Row> fresh = new ArrayList<>(sorted.size() + staying.size());
    for (Ticket ticket : sorted) {
      fresh.add(row(ticket, changed.get(ticket.id())));
    }
    rows.replace(fresh, order);
    staying.forEach(this::keep);
    boolean kept = selected != null && rows.find(selected) != null;
    top = kept ? top : 0;
    settle(kept ? line : 0);
  }

  /** The row there is, if it is the same: of many tickets few have changed. */
  private Row row(Ticket ticket, Long changedNanos) {
    Row there = rows.find(ticket.id());
    boolean same =
        there != null
            && there.placed() == ticket
            && there.shown() == ticket
            && !there.gone()
            && Objects.equals(there.changedNanos(), changedNanos);
    return same ? there : new Row(ticket, ticket, false, changedNanos);
  }

  private void keep(Row row) {
    if (rows.find(row.shown().id()) == null && rows.index(row) < 0) {
      rows.insert(new Row(row.placed(), row.shown(), true, row.changedNanos()));
    }
  }

  /**
   * Takes a ticket that came or changed.
   *
   * @param matches whether it belongs to the list
   */
  public void take(Ticket ticket, boolean matches, Notice notice, Now at) {
    Row row = rows.find(ticket.id());
    if (row == null && !matches) {
      return;
    }
    int line = line();
    boolean hadLocks = rows.locked() > 0;
    Long changed = notice == Notice.NONE ? seenBefore(row) : Long.valueOf(at.nanos());
    Row now = new Row(ticket, ticket, false, changed);
    if (row == null) {
      rows.insert(now);
      if (notice == Notice.CHANGED) {
        arrived.add(ticket.id());
      }
    } else if (matches) {
      rows.replace(row, now);
    } else {
      leave(row, new Row(row.placed(), ticket, true, changed));
    }
    if (hadLocks && rows.locked() == 0) {
      unlockedNanos = at.nanos();
    }
    settle(line);
  }

  private static Long seenBefore(Row row) {
    return row == null ? null : row.changedNanos();
  }

  /** What one sees stays a while; what one does not see need not. */
  private void leave(Row from, Row to) {
    int place = rows.index(from);
    if (place >= top && place < top + height) {
      rows.replace(from, to);
    } else {
      rows.remove(from);
      arrived.remove(from.shown().id());
    }
  }

  /** The line of the window the cursor is on. */
  private int line() {
    return Math.max(0, Math.min(selectedIndex() - top, height - 1));
  }

  /** Puts the window so that the cursor is on {@code line}, as far as that can be. */
  private void settle(int line) {
    if (rows.size() == 0) {
      selected = null;
      top = 0;
      return;
    }
    if (selected == null || rows.find(selected) == null) {
      int place = Math.min(top + line, rows.size() - 1);
      Row staying = staying(place);
      selected = (staying == null ? rows.get(place) : staying).shown().id();
    }
    top = Math.max(0, Math.min(selectedIndex() - line, rows.size() - height));
    if (!arrived.isEmpty()) {
      visible().forEach(row -> arrived.remove(row.shown().id()));
    }
  }

  /** Moves the cursor; what only stayed for its sake goes. */
  public void move(int by) {
    moveTo((long) Math.max(0, selectedIndex()) + by);
  }

  /** Moves the cursor to a row; beyond the ends, to the first or the last. */
  public void moveTo(long index) {
    if (rows.size() == 0) {
      return;
    }
    Row there = staying((int) Math.max(0, Math.min(index, rows.size() - 1)));
    int line = line();
    selected = there == null ? null : there.shown().id();
    top -= rows.sweep(top);
    settle(lineOf(line));
  }

  /** The nearest row that stays, looked for further in the direction of the cursor first. */
  private Row staying(int index) {
    int step = index >= selectedIndex() ? 1 : -1;
    for (int direction : new int[] {step, -step}) {
      for (int i = index; i >= 0 && i < rows.size(); i += direction) {
        if (!rows.get(i).gone()) {
          return rows.get(i);
        }
      }
    }
    return null;
  }

  /** The line for the cursor after it moved: the window stands still as long as it can. */
  private int lineOf(int before) {
    int now = selectedIndex();
    return now < 0 ? before : Math.max(0, Math.min(now - top, height - 1));
  }

  /**
   * Puts the cursor on a ticket if it is in the list, or still stands there.
   *
   * @return whether it is on it now
   */
  public boolean select(TicketId id) {
    Row row = rows.find(id);
    if (row != null && row.gone()) {
      int line = line();
      selected = id;
      settle(lineOf(line));
    } else if (row != null && !id.equals(selected)) {
      moveTo(rows.index(row));
    }
    return id.equals(selected);
  }

  /** How many rows the window has; 1 or more. */
  public void height(int lines) {
    int line = line();
    height = Math.max(1, lines);
    settle(Math.min(line, height - 1));
  }

  public int height() {
    return height;
  }

  public int size() {
    return rows.size();
  }

  /**
   * Whether there is a lock to be shown: one of a ticket anywhere in the list, in the window or
   * not, so that the columns stay while one scrolls; for 10 s after the last one has ended, too, so
   * that they do not flicker.
   */
  public boolean showsLocks(Now now) {
    return rows.locked() > 0
        || unlockedNanos != null && now.since(unlockedNanos).compareTo(LINGER) < 0;
  }

  /** The row with the cursor; empty when there are no rows. */
  public Optional<Row> selected() {
    return Optional.ofNullable(selected).map(rows::find);
  }

  /** Where the cursor is among all rows; -1 when there are none. */
  public int selectedIndex() {
    return selected().map(rows::index).orElse(-1);
  }

  /** How many rows stand above the window. */
  public int top() {
    return top;
  }

  /** The rows in the window, the topmost first. */
  public List<Row> visible() {
    return rows.range(top, top + height);
  }

  /** The row of a ticket. */
  public Optional<Row> find(TicketId id) {
    return Optional.ofNullable(rows.find(id));
  }

  /** What came in so far counts as seen. */
  public void see() {
    arrived.clear();
  }

  /** How many tickets came in above the window and were not seen yet. */
  public int arrivedAbove() {
    if (arrived.isEmpty() || top == 0) {
      return 0;
    }
    Row first = rows.get(top);
    return (int) arrived.stream().filter(id -> rows.isBefore(rows.find(id), first)).count();
  }

  /** How many tickets came in below the window and were not seen yet. */
  public int arrivedBelow() {
    return arrived.size() - arrivedAbove();
  }
}
