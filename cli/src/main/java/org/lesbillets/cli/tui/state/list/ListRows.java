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
 * The rows of the list, their window, and the cursor. The cursor is on a ticket, not on an index:
 * as rows are inserted and removed around it, it keeps its ticket and its line on the screen.
 *
 * <p>Mutable, confined to the thread of the view; bounded by the tickets that match. A change is a
 * binary search and an array move. Persistent copies would cost frames: at 100,000 rows a change
 * takes 3 µs in place, against 0.6 ms to copy the rows and 20 ms to copy their index by id, and the
 * desk of the benchmark makes 330 changes a second.
 */
public final class ListRows {

  /** How a change is highlighted. */
  public enum Notice {
    CHANGED,
    /** Not at all: renewals of leases, results of filter jobs. */
    NONE
  }

  /**
   * The time the lock columns stay after the last lock of the list, so that they do not flicker.
   */
  private static final Duration LINGER = Duration.ofSeconds(10);

  private final SortedRows rows = new SortedRows();

  /** New tickets that were not in the window yet. */
  private final Set<TicketId> arrived = new HashSet<>();

  /** When the last lock of the list ended; null when there was none, or there is one. */
  private Long unlockedNanos;

  private TicketId selected;
  private int top;
  private int height = 1;

  /**
   * Replaces the list; the cursor stays on its ticket if the new list has it.
   *
   * @param sorted in the order of {@code order}
   */
  public void show(List<Ticket> sorted, Comparator<Ticket> order) {
    replace(sorted, order, List.of());
    arrived.clear();
    unlockedNanos = null;
  }

  /**
   * Replaces the list by a newer version of itself. Rows in the window that left it stay until the
   * cursor moves.
   *
   * @param sorted in the order of {@code order}
   */
  public void refresh(List<Ticket> sorted, Comparator<Ticket> order) {
    replace(sorted, order, List.copyOf(visible()));
    arrived.removeIf(id -> rows.find(id) == null);
  }

  private void replace(List<Ticket> sorted, Comparator<Ticket> order, List<ListRow> staying) {
    int line = line();
    Map<TicketId, Long> changed = new HashMap<>();
    visible().forEach(row -> changed.put(row.shown().id(), row.changedNanos()));
    List<ListRow> fresh = new ArrayList<>(sorted.size() + staying.size());
    for (Ticket ticket : sorted) {
      fresh.add(row(ticket, changed.get(ticket.id())));
    }
    rows.replace(fresh, order);
    staying.forEach(this::keep);
    boolean kept = selected != null && rows.find(selected) != null;
    top = kept ? top : 0;
    settle(kept ? line : 0);
  }

  /** Reuses the present row if it is equal: few of many tickets have changed. */
  private ListRow row(Ticket ticket, Long changedNanos) {
    ListRow there = rows.find(ticket.id());
    boolean same =
        there != null
            && there.placed() == ticket
            && there.shown() == ticket
            && !there.gone()
            && Objects.equals(there.changedNanos(), changedNanos);
    return same ? there : new ListRow(ticket, ticket, false, changedNanos);
  }

  private void keep(ListRow row) {
    if (rows.find(row.shown().id()) == null && rows.index(row) < 0) {
      rows.insert(new ListRow(row.placed(), row.shown(), true, row.changedNanos()));
    }
  }

  /**
   * Applies the change of a ticket.
   *
   * @param matches whether the filter matches it
   */
  public void take(Ticket ticket, boolean matches, Notice notice, Now at) {
    ListRow row = rows.find(ticket.id());
    if (row == null && !matches) {
      return;
    }
    int line = line();
    boolean hadLocks = rows.locked() > 0;
    Long changed = notice == Notice.NONE ? seenBefore(row) : Long.valueOf(at.nanos());
    ListRow now = new ListRow(ticket, ticket, false, changed);
    if (row == null) {
      rows.insert(now);
      if (notice == Notice.CHANGED) {
        arrived.add(ticket.id());
      }
    } else if (matches) {
      rows.replace(row, now);
    } else {
      leave(row, new ListRow(row.placed(), ticket, true, changed));
    }
    if (hadLocks && rows.locked() == 0) {
      unlockedNanos = at.nanos();
    }
    settle(line);
  }

  private static Long seenBefore(ListRow row) {
    return row == null ? null : row.changedNanos();
  }

  /** Marks a visible row as gone; removes one outside the window. */
  private void leave(ListRow from, ListRow to) {
    int place = rows.index(from);
    if (place >= top && place < top + height) {
      rows.replace(from, to);
    } else {
      rows.remove(from);
      arrived.remove(from.shown().id());
    }
  }

  /** The line of the cursor in the window. */
  private int line() {
    return Math.max(0, Math.min(selectedIndex() - top, height - 1));
  }

  /** Scrolls so that the cursor is on {@code line}, as far as there are rows. */
  private void settle(int line) {
    if (rows.size() == 0) {
      selected = null;
      top = 0;
      return;
    }
    if (selected == null || rows.find(selected) == null) {
      int place = Math.min(top + line, rows.size() - 1);
      ListRow staying = staying(place);
      selected = (staying == null ? rows.get(place) : staying).shown().id();
    }
    top = Math.max(0, Math.min(selectedIndex() - line, rows.size() - height));
    if (!arrived.isEmpty()) {
      visible().forEach(row -> arrived.remove(row.shown().id()));
    }
  }

  /** Moves the cursor, and removes rows marked as gone. */
  public void move(int by) {
    moveTo((long) Math.max(0, selectedIndex()) + by);
  }

  /** Moves the cursor to an index, clamped to the list. */
  public void moveTo(long index) {
    if (rows.size() == 0) {
      return;
    }
    ListRow there = staying((int) Math.max(0, Math.min(index, rows.size() - 1)));
    int line = line();
    selected = there == null ? null : there.shown().id();
    top -= rows.sweep(top);
    settle(lineOf(line));
  }

  /** The nearest row that is not gone; in the direction of the move first. */
  private ListRow staying(int index) {
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

  /** The line of the cursor after a move: the window scrolls as little as possible. */
  private int lineOf(int before) {
    int now = selectedIndex();
    return now < 0 ? before : Math.max(0, Math.min(now - top, height - 1));
  }

  /**
   * Moves the cursor to a ticket, also to one marked as gone.
   *
   * @return whether the list has it
   */
  public boolean select(TicketId id) {
    ListRow row = rows.find(id);
    if (row != null && row.gone()) {
      int line = line();
      selected = id;
      settle(lineOf(line));
    } else if (row != null && !id.equals(selected)) {
      moveTo(rows.index(row));
    }
    return id.equals(selected);
  }

  /** Sets the height of the window; 1 or more. */
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
   * Whether the lock columns are shown: while any ticket of the list is locked, in the window or
   * not, so that they stay while scrolling, and for a while after.
   */
  public boolean showsLocks(Now now) {
    return rows.locked() > 0
        || unlockedNanos != null && now.since(unlockedNanos).compareTo(LINGER) < 0;
  }

  /** The selected row; empty for an empty list. */
  public Optional<ListRow> selected() {
    return Optional.ofNullable(selected).map(rows::find);
  }

  /** The index of the cursor; -1 for an empty list. */
  public int selectedIndex() {
    return selected().map(rows::index).orElse(-1);
  }

  /** The index of the first row of the window. */
  public int top() {
    return top;
  }

  /** The rows in the window, from the top. */
  public List<ListRow> visible() {
    return rows.range(top, top + height);
  }

  /** The row of a ticket. */
  public Optional<ListRow> find(TicketId id) {
    return Optional.ofNullable(rows.find(id));
  }

  /** Marks all new tickets as seen. */
  public void see() {
    arrived.clear();
  }

  /** The number of unseen new tickets above the window. */
  public int arrivedAbove() {
    if (arrived.isEmpty() || top == 0) {
      return 0;
    }
    ListRow first = rows.get(top);
    return (int) arrived.stream().filter(id -> rows.isBefore(rows.find(id), first)).count();
  }

  /** The number of unseen new tickets below the window. */
  public int arrivedBelow() {
    return arrived.size() - arrivedAbove();
  }
}
