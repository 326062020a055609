package org.lesbillets.cli.tui.render;

import java.util.List;
import org.lesbillets.cli.tui.state.Row;

/**
 * How wide the columns of the list are; 0 for one there is no room for. As the list gets narrower
 * they give way by importance: tags, age, assignee, the holder's name, the word for the priority.
 *
 * @param holder the name in the lock's column
 * @param priority 1 for the first letter alone
 */
record TableColumns(
    int holder, int number, int priority, int title, int assignee, int tags, int age) {
  /** Cursor and what is new. */
  static final int GUTTER = 3;

  /** Since when a lock is held, or a word. */
  static final int HELD = 4;

  /** How long it lasts. */
  static final int LEFT = 6;

  /** Whose it is, at a glance. */
  static final int SIGN = 2;

  private static final int NAME = 8;
  private static final int WORD = 6;
  private static final int AGE = 4;
  private static final int TAGS = 12;
  private static final int LEAST_TITLE = 22;
  private static final int EASY_TITLE = 30;
  private static final int LONG_TITLE = 56;

  static TableColumns of(int columns, List<Row> rows) {
    int digits = digits(rows);
    TableColumns plan = new TableColumns(NAME, digits, WORD, 0, NAME, TAGS, AGE);
    if (plan.room(columns) < EASY_TITLE) {
      plan = new TableColumns(NAME, digits, WORD, 0, NAME, 0, AGE);
    }
    if (plan.room(columns) < LEAST_TITLE) {
      plan = new TableColumns(NAME, digits, WORD, 0, NAME, 0, 0);
    }
    if (plan.room(columns) < LEAST_TITLE) {
      plan = new TableColumns(NAME, digits, WORD, 0, 0, 0, 0);
    }
    if (plan.room(columns) < LEAST_TITLE) {
      plan = new TableColumns(0, digits, WORD, 0, 0, 0, 0);
    }
    if (plan.room(columns) < LEAST_TITLE) {
      plan = new TableColumns(0, digits, 1, 0, 0, 0, 0);
    }
    return plan.spread(plan.room(columns));
  }

  private static int digits(List<Row> rows) {
    long highest = rows.stream().mapToLong(row -> row.shown().number()).max().orElse(0);
    return Math.max(4, Long.toString(highest).length());
  }

  /** What there is for the title. */
  private int room(int columns) {
    int fixed = GUTTER + lock() + 1 + number + 1 + priority + 1;
    return columns - fixed - behind(assignee) - behind(tags) - behind(age);
  }

  private static int behind(int column) {
    return column == 0 ? 0 : column + 1;
  }

  /** The whole column of the lock. */
  int lock() {
    return SIGN + (holder == 0 ? 0 : holder + 1) + HELD + LEFT;
  }

  /** Shares out what a title does not need. */
  private TableColumns spread(int room) {
    int spare = tags == 0 ? 0 : Math.max(0, room - LONG_TITLE);
    int names = Math.min(6, spare / 6);
    int more = Math.min(20, spare / 2);
    int title = Math.max(1, room - 2 * names - more);
    return new TableColumns(
        holder + names, number, priority, title, assignee + names, tags + more, age);
  }
}
