package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.sqlite.row.RowChecksum;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema of the file: creates it, recognises it, checks it and upgrades it. The thread that
 * opens a journal only, before any other uses the file.
 */
final class SqliteSchema {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteSchema.class);

  static final int FORMAT = SqliteMigrations.FORMAT;

  /** "BILT", in the header of the file: tells it from other programs' files. */
  static final int APPLICATION_ID = 0x42494c54;

  /** The number of last events checked when the journal is opened: those that resumes read. */
  private static final int RECENT_EVENTS = 100_000;

  private static final List<String> LAYOUT =
      List.of(
          """
          CREATE TABLE meta (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            format INTEGER NOT NULL,
            journal_id TEXT NOT NULL,
            base INTEGER NOT NULL,
            head INTEGER NOT NULL,
            events INTEGER NOT NULL,
            tickets INTEGER NOT NULL,
            last_number INTEGER NOT NULL,
            chain INTEGER NOT NULL,
            ran_millis INTEGER NOT NULL,
            dropped INTEGER NOT NULL,
            dropped_chain INTEGER NOT NULL,
            checksum INTEGER NOT NULL) STRICT\
          """,
          """
          CREATE TABLE event (
            revision INTEGER PRIMARY KEY,
            ticket INTEGER NOT NULL,
            type TEXT NOT NULL,
            at INTEGER NOT NULL,
            body BLOB NOT NULL,
            checksum INTEGER NOT NULL) STRICT\
          """,
          EventRow.INDEX,
          TicketLayout.CURRENT.declaration(),
          """
          CREATE TABLE operation (
            agent TEXT NOT NULL,
            id BLOB NOT NULL,
            fingerprint TEXT NOT NULL,
            revision INTEGER NOT NULL,
            at INTEGER NOT NULL,
            for_ever INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            UNIQUE (agent, id)) STRICT\
          """,
          "CREATE INDEX operation_to_forget ON operation (at) WHERE for_ever = 0",
          "PRAGMA application_id = " + APPLICATION_ID,
          "PRAGMA user_version = " + FORMAT);

  private final Connection connection;
  private final Path file;

  SqliteSchema(Connection connection, Path file) {
    this.connection = connection;
    this.file = file;
  }

  /** Whether the file holds nothing, of any program. */
  boolean isBlank() throws SQLException {
    return number("PRAGMA application_id") == 0
        && number("PRAGMA user_version") == 0
        && number("SELECT count(*) FROM sqlite_master") == 0;
  }

  /** Creates the schema in a blank file, in one transaction. */
  void create(String journalId, long base) throws SQLException {
    execute("BEGIN IMMEDIATE");
    for (String statement : LAYOUT) {
      execute(statement);
    }
    write(MetaRow.first(journalId, base));
    execute("COMMIT");
  }

  /**
   * Refuses a file of another program, or of a newer format. Changes nothing.
   *
   * @throws JournalException if it is refused
   */
  void recognise() throws SQLException {
    if (number("PRAGMA application_id") != APPLICATION_ID) {
      throw new JournalException(
          ("The file %s is an SQLite database of another program: move it away to start with an"
                  + " empty journal, or name another directory with --data.")
              .formatted(file));
    }
    long format = format();
    if (format > FORMAT) {
      throw newer(format);
    }
  }

  /** The format version in the header of the file. */
  long format() throws SQLException {
    return number("PRAGMA user_version");
  }

  private JournalException newer(long format) {
    return new JournalException(
        ("The journal %s has format version %d, and this server knows versions up to %d: start it"
                + " with the newer billets-server that wrote it.")
            .formatted(file, format, FORMAT));
  }

  /**
   * A sound file.
   *
   * @param chain chained checksum of the events up to the revision that was asked for; meaningless
   *     before format 3
   */
  record Checked(MetaRow meta, long chain) {}

  /**
   * Reads the meta row, and checks that the tables agree with it.
   *
   * @param revision the revision to give the chained checksum at; a revision that is long past
   *     takes longer
   * @throws JournalException if they do not, or something is damaged
   */
  Checked check(long revision) throws SQLException {
    MetaRow meta = MetaRow.read(connection, format());
    if (meta == null) {
      throw SqliteErrorMessages.damaged(
          "The row of the table meta in " + file, "it is missing, or its checksum does not match");
    }
    if (meta.format() > FORMAT) {
      throw newer(meta.format());
    }
    agree("the table event has rows", number("SELECT count(*) FROM event"), meta.events());
    agree("the table ticket has rows", number("SELECT count(*) FROM ticket"), meta.tickets());
    agree("the last event is", number("SELECT max(revision) FROM event"), meta.head());
    return new Checked(meta, checkRecentEvents(meta, revision));
  }

  /**
   * Replaces the meta row, and migrates a file of an earlier format, in one transaction: a failure
   * leaves the file as it was. A migration may read every ticket, every operation that expires and
   * every event.
   *
   * @param meta for the file, with its present format
   * @param beforeCommit runs when nothing but the commit is left to do
   * @return the meta row of the file as it is now
   * @throws JournalException if a row to be migrated is damaged
   */
  MetaRow rewrite(MetaRow meta, Consumer<MetaRow> beforeCommit) throws SQLException {
    execute("BEGIN IMMEDIATE");
    SqliteMigrations migrations = new SqliteMigrations(connection, file);
    long chain = migrations.run(meta.format(), meta.chain(), meta.compacted().revision());
    MetaRow rewritten = meta.withFormat(FORMAT, chain);
    write(rewritten);
    execute("PRAGMA user_version = " + FORMAT);
    beforeCommit.accept(rewritten);
    execute("COMMIT");
    if (meta.format() != FORMAT) {
      LOG.info("{} was brought from format {} to {}", file, meta.format(), FORMAT);
    }
    return rewritten;
  }

  /** A change of rows in one transaction, which ends with another meta row. */
  interface Change {
    MetaRow of(MetaRow meta) throws SQLException;
  }

  /**
   * Changes a file of this format in one transaction.
   *
   * @return by how many rows the table event became smaller
   */
  long change(Change change) throws SQLException {
    execute("BEGIN IMMEDIATE");
    try {
      MetaRow before = MetaRow.read(connection, FORMAT);
      MetaRow after = change.of(before);
      write(after);
      execute("COMMIT");
      return before.events() - after.events();
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  /** SQLite has rolled back already after some errors; {@code error} stays the one thrown. */
  private void rollBack(Exception error) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      error.addSuppressed(e);
    }
  }

  private void write(MetaRow meta) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(MetaRow.INSERT)) {
      meta.bind(insert);
      insert.executeUpdate();
    }
  }

  private void agree(String what, long found, long expected) {
    if (found != expected) {
      throw SqliteErrorMessages.damaged(
          "The journal " + file,
          what + ": " + found + ", the row of the table meta says " + expected);
    }
  }

  /** Checks the last events, back to {@code revision} at least, and gives the chain there. */
  private long checkRecentEvents(MetaRow meta, long revision) throws SQLException {
    String newestFirst = "SELECT " + EventRow.COLUMNS + " FROM event ORDER BY revision DESC";
    long chain = meta.chain();
    long chainThere = chain;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(newestFirst)) {
      for (int count = 0; rows.next(); count++) {
        EventRow event = EventRow.read(rows, file);
        if (count >= RECENT_EVENTS && event.revision() <= revision) {
          break;
        }
        chain = RowChecksum.unchained(chain, rows.getLong(EventRow.CHECKSUM));
        if (event.revision() > revision) {
          chainThere = chain;
        }
      }
    }
    return chainThere;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
