package org.lesbillets.cli.output.table;

import java.time.Duration;
import org.lesbillets.cli.output.StatusReport;
import org.lesbillets.cli.output.TextTone;
import org.lesbillets.cli.text.HumanTime;

/** The status of a server as a table of one row. Stateless; any thread. */
final class StatusTable {
  private static final Duration SOON = Duration.ofMinutes(1);

  private StatusTable() {}

  static Table of(StatusReport status) {
    StatusReport.HeldTicket next = status.next();
    Table table =
        new Table(
            Column.number("OPEN", 0),
            Column.number("MINE", 0),
            Column.number("LOCKED", 0),
            Column.number("LEFT", 1),
            Column.number("TICKET", 2));
    table.row(
        Cell.of(Long.toString(status.counts().open())),
        Cell.of(Long.toString(status.counts().mine())),
        Cell.of(Integer.toString(status.held().size())),
        next == null ? Cell.of("") : left(next.left()),
        Cell.of(next == null ? "" : "#" + next.number()));
    return table;
  }

  /** The time left of a lock. */
  static Cell left(Duration left) {
    return Cell.in(
        left.compareTo(SOON) < 0 ? TextTone.ALARM : TextTone.PLAIN, HumanTime.length(left));
  }
}
