package org.lesbillets.cli.output.table;

import java.util.List;
import org.lesbillets.cli.output.TextTone;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.model.message.AdminAnswer;

/** The table of a server's sessions, for people. Stateless; any thread. */
final class SessionTable {
  private static final int KIBIBYTE = 1024;

  private SessionTable() {}

  static Table table(List<AdminAnswer.Session> sessions, HumanTime time) {
    Table table =
        new Table(
            Column.whole("ID", 0),
            Column.cut("AGENT", 0, 10),
            Column.whole("ROLE", 2),
            Column.cut("CLIENT", 3, 12),
            Column.number("SINCE", 1),
            Column.number("BEHIND", 1));
    for (AdminAnswer.Session session : sessions) {
      table.row(
          Cell.of(session.id()),
          Cell.of(session.agent().value()),
          Cell.of(session.role().wireName()),
          Cell.of(session.client()),
          Cell.in(TextTone.QUIET, time.age(session.since())),
          behind(session.behindBytes()));
    }
    return table;
  }

  /** Rounded up, so that only what is nothing shows as nothing. */
  private static Cell behind(long bytes) {
    return Cell.in(
        bytes == 0 ? TextTone.QUIET : TextTone.CAUTION, (bytes + KIBIBYTE - 1) / KIBIBYTE + " KiB");
  }
}
