package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalReport;
import org.lesbillets.server.journal.sqlite.row.RowChecksum;

/**
 * A whole check of a journal, read-only, in one snapshot of it, beside a running server or without
 * one: pages and indexes, the checksum of every row, what the rows say of each other, the fold of
 * all events against the tickets, and the witness. One thread; holds all tickets, and a number for
 * each event.
 */
public final class SqliteVerification {
  /** Beyond it nothing more is looked for: a damaged page can be a problem of each of its rows. */
  static final int MOST_PROBLEMS = 100;

  /** How often it begins again when a redaction has changed what the witness had seen. */
  private static final int OVERTAKEN = 3;

  private final SqliteFile file;
  private final boolean witnessed;
  private final int again;
  private boolean overtaken;
  private final List<String> problems = new ArrayList<>();
  private final TicketBook book = new TicketBook();
  private final Set<Long> revisions = new HashSet<>();
  private WitnessCheck witness;
  private MetaRow meta;
  private long events;
  private long tickets;
  private long operations;
  private long chain;
  private long chainAtWitness;
  private long chainAtAnnounced;

  private SqliteVerification(Path file, boolean witnessed, int again) {
    this.file = new SqliteFile(file);
    this.witnessed = witnessed;
    this.again = again;
  }

  /**
   * Checks the journal of a data directory, and its witness.
   *
   * @throws JournalException if there is none, or it cannot be read
   */
  public static JournalReport ofData(Path directory) {
    return new SqliteVerification(directory.resolve(SqliteJournal.FILE_NAME), true, OVERTAKEN)
        .run();
  }

  /**
   * Checks a backup, which has no witness.
   *
   * @throws JournalException if there is none, or it cannot be read
   */
  public static JournalReport ofBackup(Path file) {
    return new SqliteVerification(file, false, 0).run();
  }

  private JournalReport run() {
    try {
      // Before the snapshot: a commit of a running server makes the journal the newer one.
      witness = WitnessCheck.beside(file.path());
      check();
    } catch (SQLException e) {
      problem(SqliteErrorMessages.sentence(file.path(), e));
    }
    return overtaken && again > 0
        ? new SqliteVerification(file.path(), witnessed, again - 1).run()
        : report();
  }

  private JournalReport report() {
    return new JournalReport(
        file.path(),
        meta == null ? null : meta.journalId(),
        meta == null ? 0 : meta.head(),
        new JournalReport.Counts(events, tickets, operations),
        problems);
  }

  private void check() throws SQLException {
    try (Connection connection = file.existing();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      checkPages(statement);
      long format = new SqliteSchema(connection, file.path()).format();
      if (format < SqliteSchema.FORMAT) {
        problem(
            ("The journal %s is of format %d, and this program checks format %d: start"
                    + " billets-server on it once, which brings it there.")
                .formatted(file.path(), format, SqliteSchema.FORMAT));
        return;
      }
      meta = MetaRow.read(connection, format);
      if (meta == null) {
        problem("The row of the table meta is missing or damaged.");
        return;
      }
      checkEvents(statement);
      checkTickets(statement);
      checkOperations(statement);
      checkMeta();
      checkWitness();
    }
  }

  /** SQLite's own check: pages, and that the indexes agree with the tables. */
  private void checkPages(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check(" + MOST_PROBLEMS + ")")) {
      while (rows.next()) {
        String line = rows.getString(1);
        if (!line.equals("ok")) {
          problem("SQLite finds: %s.".formatted(line));
        }
      }
    }
  }

  private void checkEvents(Statement statement) throws SQLException {
    long previous = 0;
    chain = meta.compacted().chain();
    try (ResultSet rows =
        statement.executeQuery("SELECT " + EventRow.COLUMNS + " FROM event ORDER BY revision")) {
      while (rows.next() && !isFull()) {
        events++;
        if (rows.getLong(1) > meta.compacted().revision()) {
          chain = RowChecksum.chained(chain, rows.getLong(EventRow.CHECKSUM));
        }
        if (rows.getLong(1) == witness.revision()) {
          chainAtWitness = chain;
        }
        if (rows.getLong(1) == witness.announcedRevision(meta)) {
          chainAtAnnounced = chain;
        }
        previous = checkEvent(rows, previous);
      }
    }
  }

  private long checkEvent(ResultSet rows, long previous) throws SQLException {
    try {
      EventRow row = EventRow.read(rows, file.path());
      SequencedEvent event = row.event(previous, file.path());
      Ticket ticket = event.event().ticket();
      if (ticket.revision() != row.revision()) {
        problem(
            "Event %d has a ticket of revision %d.".formatted(row.revision(), ticket.revision()));
      }
      checkComments(row, event.event());
      book.apply(event);
      revisions.add(row.revision());
      return row.revision();
    } catch (JournalException e) {
      problem(e.getMessage());
      return previous;
    }
  }

  /** The ids of comments are the places in the count of their ticket. */
  private void checkComments(EventRow row, WireEvent event) {
    Ticket ticket = event.ticket();
    long before = book.find(ticket.id()).map(Ticket::commentCount).orElse(0L);
    boolean created = event instanceof WireEvent.TicketCreated;
    long more = created ? row.comments(file.path()).size() : event.comment() == null ? 0 : 1;
    if (ticket.commentCount() != before + more) {
      problem(
          "Event %d has a ticket of %d comments, after %d and %d more."
              .formatted(row.revision(), ticket.commentCount(), before, more));
    }
  }

  /** The fold of all events against the table of tickets. */
  private void checkTickets(Statement statement) throws SQLException {
    TicketRowReader reader = new TicketRowReader(file.path(), TicketLayout.CURRENT);
    String select = "SELECT " + TicketLayout.CURRENT.columns() + " FROM ticket ORDER BY born";
    try (ResultSet rows = statement.executeQuery(select)) {
      while (rows.next() && !isFull()) {
        tickets++;
        try {
          checkTicket(reader.read(rows));
        } catch (JournalException e) {
          problem(e.getMessage());
        }
      }
    }
    if (!isFull() && book.size() != tickets) {
      problem("The events make %d tickets, the table has %d.".formatted(book.size(), tickets));
    }
  }

  private void checkTicket(Ticket stored) {
    Optional<Ticket> folded = book.find(stored.id());
    if (folded.isEmpty()) {
      problem("Ticket #%d stands in the table, but no event made it.".formatted(stored.number()));
    } else if (!folded.get().equals(stored)) {
      problem(
          "Ticket #%d is not what its events make of it: it stands at revision %d, they at %d."
              .formatted(stored.number(), stored.revision(), folded.get().revision()));
    }
  }

  private void checkOperations(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(OperationRow.SELECT_ALL)) {
      while (rows.next() && !isFull()) {
        operations++;
        try {
          long revision = OperationRow.read(rows, file.path()).revision();
          if (!revisions.contains(revision)) {
            problem("A recorded operation names event %d, which is missing.".formatted(revision));
          }
        } catch (JournalException e) {
          problem(e.getMessage());
        }
      }
    }
  }

  private void checkMeta() {
    agree("The table event has rows", events, meta.events());
    agree("The table ticket has rows", tickets, meta.tickets());
    agree("The last event is", book.revision(), meta.head());
    agree("The chained checksum of the events is", chain, meta.chain());
    long highest = book.stream().mapToLong(Ticket::number).max().orElse(0);
    if (highest > meta.lastNumber()) {
      problem(
          "Ticket #%d has a number above %d, the highest by the row of the table meta."
              .formatted(highest, meta.lastNumber()));
    }
  }

  private void checkWitness() {
    String loss = witnessed ? witness.loss(meta, chainAtWitness) : null;
    if (loss != null && !witness.isChangedAsAnnounced(meta, chainAtAnnounced)) {
      problem(loss + ".");
      overtaken = !WitnessCheck.beside(file.path()).equals(witness);
    }
  }

  private void agree(String what, long found, long expected) {
    if (found != expected && !isFull()) {
      problem("%s %d; by the row of the table meta %d.".formatted(what, found, expected));
    }
  }

  private boolean isFull() {
    return problems.size() >= MOST_PROBLEMS;
  }

  private void problem(String sentence) {
    if (!isFull()) {
      problems.add(sentence);
    }
  }
}
