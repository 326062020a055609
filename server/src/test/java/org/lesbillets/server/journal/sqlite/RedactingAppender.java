package org.lesbillets.server.journal.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tailed;

/**
 * A process that makes tickets, and redacts their titles one after the other; prints {@code begin
 * N} before and {@code done N} after each.
 */
public final class RedactingAppender {
  static final int TICKETS = 15;

  /** All titles before they are redacted. */
  static final String PATTERN = "secret-[0-9]{7}";

  private RedactingAppender() {}

  /** The title of a ticket before it is redacted. */
  static String secret(int number) {
    return "secret-" + (1_000_000 + number);
  }

  static UUID id(int number) {
    return new UUID(9, number);
  }

  public static void main(String[] args) throws IOException {
    Redaction title = Redaction.ofField(TicketField.TITLE);
    try (DataDirectory directory = DataDirectory.open(Path.of(args[0]));
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      for (int n = 1; n <= TICKETS; n++) {
        Ticket ticket = tailed.ticketAfter(Facts.create(id(n), 0, "open " + n));
        tailed.ticketAfter(Facts.retitle(ticket, secret(n), null));
      }
      for (int n = 1; n <= TICKETS; n++) {
        System.out.println("begin " + n);
        Ticket ticket = tailed.book().findByNumber(n).orElseThrow();
        Outcome outcome = tailed.append(Facts.redact(ticket, title, null));
        if (!(outcome instanceof Outcome.Appended)) {
          throw new IllegalStateException(outcome.toString());
        }
        System.out.println("done " + n);
      }
    }
  }
}
