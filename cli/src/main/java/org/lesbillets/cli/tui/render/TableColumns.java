package org.lesbillets.cli.tui.render;

import java.util.List;
import org.lesbillets.cli.tui.state.list.ListRow;

/**
 * The widths of the list's columns; 0 for a hidden one. As the list gets narrower, columns are
 * hidden in the order tags, age, assignee, the lock holder's name, the word for the priority; in a
 * wide list already while the title has less than half of it. Tags get narrower first. Immutable;
 * any thread.
 *
 * @param priority 1 for the first letter alone
 * @param lock all columns of the lock together; 0 where no ticket of the list is locked
 * @param holder the name in the lock's columns
 */
record TableColumns(
    int number, int priority, int title, int lock, int holder, int assignee, int tags, int age) {
  /** The marks of the cursor and of a change. */
  static final int GUTTER = 3;

  /** The age of a lock, or a word. */
  static final int HELD = 4;

  /** The time left of a lock. */
  static final int LEFT = 6;

  /** The sign of a lock's holder. */
  static final int SIGN = 2;

  private static final int NAME = 8;
  private static final int WORD = 6;
  private static final int AGE = 4;
  private static final int TAGS = 12;
  private static final int LEAST_TAGS = 6;
  private static final int LEAST_TITLE = 22;
  private static final int EASY_TITLE = 30;
  private static final int LONG_TITLE = 56;

  /** The width from which on the title has half of the list. */
  private static final int WIDE = 104;

  /**
   * @param locks whether the lock's columns are shown
   */
  static TableColumns of(int columns, List<ListRow> rows, boolean locks) {
    int half = columns < WIDE ? 0 : (columns + 1) / 2;
    int least = Math.max(LEAST_TITLE, half);
    int holder = locks ? NAME : 0;
    TableColumns plan = new TableColumns(digits(rows), WORD, 0, 0, holder, NAME, TAGS, AGE);
    plan = plan.withLock(locks);
    int lacking = Math.max(EASY_TITLE, half) - plan.room(columns);
    if (lacking > 0) {
      plan = plan.withTags(lacking > TAGS - LEAST_TAGS ? 0 : TAGS - lacking);
    }
    if (plan.room(columns) < least) {
      plan = plan.withTags(0).without(false, true);
    }
    if (plan.room(columns) < least) {
      plan = plan.without(true, true);
    }
    if (plan.room(columns) < LEAST_TITLE) {
      plan = plan.withHolder(0).withLock(locks);
    }
    if (plan.room(columns) < LEAST_TITLE) {
      plan = plan.withPriority(1);
    }
    return plan.spread(plan.room(columns), Math.max(LONG_TITLE, half)).withLock(locks);
  }

  private static int digits(List<ListRow> rows) {
    long highest = rows.stream().mapToLong(row -> row.shown().number()).max().orElse(0);
    return Math.max(4, Long.toString(highest).length());
  }

  private TableColumns withLock(boolean locks) {
    int cells = locks ? SIGN + behind(holder) + HELD + LEFT : 0;
    return new TableColumns(number, priority, title, cells, holder, assignee, tags, age);
  }

  private TableColumns withHolder(int cells) {
    return new TableColumns(number, priority, title, lock, cells, assignee, tags, age);
  }

  private TableColumns withPriority(int cells) {
    return new TableColumns(number, cells, title, lock, holder, assignee, tags, age);
  }

  private TableColumns withTags(int cells) {
    return new TableColumns(number, priority, title, lock, holder, assignee, cells, age);
  }

  private TableColumns without(boolean noAssignee, boolean noAge) {
    return new TableColumns(
        number, priority, title, lock, holder, noAssignee ? 0 : assignee, tags, noAge ? 0 : age);
  }

  /** The width left for the title. */
  private int room(int columns) {
    int fixed = GUTTER + number + 1 + priority + 1;
    return columns - fixed - behind(lock) - behind(assignee) - behind(tags) - behind(age);
  }

  private static int behind(int column) {
    return column == 0 ? 0 : column + 1;
  }

  /**
   * Distributes what the title does not need among other columns.
   *
   * @param most the width of the title before others are widened
   */
  private TableColumns spread(int room, int most) {
    int spare = tags == 0 ? 0 : Math.max(0, room - most);
    int names = Math.min(6, spare / 6);
    int holders = holder == 0 ? 0 : names;
    int more = Math.min(20, spare / 2);
    int cells = Math.max(1, room - names - holders - more);
    return new TableColumns(
        number, priority, cells, lock, holder + holders, assignee + names, tags + more, age);
  }
}
