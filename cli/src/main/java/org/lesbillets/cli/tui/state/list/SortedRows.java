package org.lesbillets.cli.tui.state.list;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;

/**
 * A sorted list of rows with an index by ticket id, one row for each ticket. Mutable, confined to
 * one thread. A look-up is a binary search; an insertion moves the rows behind it.
 */
final class SortedRows {
  private final Map<TicketId, ListRow> byId = new HashMap<>();
  private List<ListRow> rows = new ArrayList<>();
  private Comparator<Ticket> order = Comparator.comparingLong(Ticket::number);

  /** The number of rows marked as gone. */
  private int leaving;

  /** The number of rows with a lock, gone or not. */
  private int locked;

  /**
   * Replaces all rows.
   *
   * @param sorted in the order of {@code newOrder}, none marked as gone
   */
  void replace(List<ListRow> sorted, Comparator<Ticket> newOrder) {
    rows = sorted;
    order = newOrder;
    leaving = 0;
    locked = (int) sorted.stream().filter(row -> row.shown().isLocked()).count();
    // Mostly they are the same tickets, and the map need not be rebuilt.
    sorted.forEach(row -> byId.put(id(row), row));
    if (byId.size() != sorted.size()) {
      byId.clear();
      sorted.forEach(row -> byId.put(id(row), row));
    }
  }

  private static TicketId id(ListRow row) {
    return row.shown().id();
  }

  /** The row of a ticket, or null. */
  ListRow find(TicketId id) {
    return byId.get(id);
  }

  ListRow get(int index) {
    return rows.get(index);
  }

  int size() {
    return rows.size();
  }

  /** The number of rows with a lock, kept up to date. */
  int locked() {
    return locked;
  }

  private void count(ListRow row, int by) {
    leaving += row.gone() ? by : 0;
    locked += row.shown().isLocked() ? by : 0;
  }

  List<ListRow> range(int from, int to) {
    return rows.subList(Math.min(from, rows.size()), Math.min(to, rows.size()));
  }

  /** The index of a row, or {@code -insertion - 1}. */
  int index(ListRow row) {
    return Collections.binarySearch(
        rows, row, (one, other) -> order.compare(one.placed(), other.placed()));
  }

  boolean isBefore(ListRow one, ListRow other) {
    return order.compare(one.placed(), other.placed()) < 0;
  }

  /** Inserts a row. One with the same number, from another journal, is replaced. */
  void insert(ListRow row) {
    int place = index(row);
    if (place >= 0) {
      remove(rows.get(place));
    }
    rows.add(place < 0 ? -place - 1 : place, row);
    byId.put(id(row), row);
    count(row, 1);
  }

  void remove(ListRow row) {
    rows.remove(index(row));
    byId.remove(id(row));
    count(row, -1);
  }

  /** Replaces the row of a ticket, which may move it. */
  void replace(ListRow from, ListRow to) {
    if (order.compare(from.placed(), to.placed()) == 0) {
      rows.set(index(from), to);
      byId.put(id(to), to);
      count(from, -1);
      count(to, 1);
    } else {
      remove(from);
      insert(to);
    }
  }

  /**
   * Removes the rows marked as gone.
   *
   * @return how many of them were before {@code index}
   */
  int sweep(int index) {
    if (leaving == 0) {
      return 0;
    }
    List<ListRow> before = rows;
    int above = 0;
    rows = new ArrayList<>(before.size());
    for (int i = 0; i < before.size(); i++) {
      ListRow row = before.get(i);
      if (!row.gone()) {
        rows.add(row);
      } else {
        byId.remove(id(row));
        count(row, -1);
        above += i < index ? 1 : 0;
      }
    }
    return above;
  }
}
