package org.lesbillets.cli.output.table;

import java.util.List;
import org.lesbillets.cli.output.TextTone;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;

/** Locked tickets, for the sake of their locks, as a table. Stateless; any thread. */
final class LockTable {
  private LockTable() {}

  static Table of(List<Ticket> tickets, HumanTime time) {
    Table table =
        new Table(
            Column.number("#", 0),
            Column.cut("HOLDER", 0, 8),
            Column.number("SINCE", 4),
            Column.number("LEFT", 1),
            Column.number("WAITING", 2),
            Column.cut("CLIENT", 6, 6),
            Column.cut("NOTE", 3, 12),
            Column.cut("TITLE", 5, 12));
    tickets.stream().filter(Ticket::isLocked).forEach(ticket -> table.row(cells(ticket, time)));
    return table;
  }

  private static Cell[] cells(Ticket ticket, HumanTime time) {
    TicketLock lock = ticket.lock();
    return new Cell[] {
      Cell.of(Long.toString(ticket.number())),
      Cell.of(lock.holder().value()),
      Cell.in(TextTone.QUIET, time.age(lock.since())),
      StatusTable.left(lock.expiresIn()),
      Cell.of(lock.waiting() == 0 ? "" : Integer.toString(lock.waiting())),
      Cell.of(lock.client()),
      Cell.of(lock.note()),
      Cell.of(ticket.content().title())
    };
  }
}
