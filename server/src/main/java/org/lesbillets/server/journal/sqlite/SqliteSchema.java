package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.lesbillets.server.journal.JournalException;
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
          "CREATE INDEX event_of_ticket ON event (ticket)",
          "CREATE INDEX comment_of_ticket ON event (ticket) WHERE type = 'TicketCommented'",
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
    write(new MetaRow(FORMAT, journalId, base, 0, 0, 0, 0));
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
    long format = number("PRAGMA user_version");
    if (format > FORMAT) {
      throw newer(format);
    }
  }

  private JournalException newer(long format) {
    return new JournalException(
        ("The journal %s has format version %d, and this server knows versions up to %d: start it"
                + " with the newer billets-server that wrote it.")
            .formatted(file, format, FORMAT));
  }

  /**
   * Reads the meta row, and checks that the tables agree with it.
   *
   * @throws JournalException if they do not, or something is damaged
   */
  MetaRow check() throws SQLException {
    MetaRow meta = MetaRow.read(connection);
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
    checkRecentEvents();
    return meta;
  }

  /**
   * Migrates a file of an earlier format, in one transaction: a failure leaves the file as it was.
   * Reads every ticket once; events and operations have the same form in all formats.
   *
   * @param meta as {@link #check} gave it
   * @return the meta row of the file as it is now
   * @throws JournalException if the row of a ticket is damaged
   */
  MetaRow upgrade(MetaRow meta) throws SQLException {
    if (meta.format() == FORMAT) {
      return meta;
    }
    execute("BEGIN IMMEDIATE");
    new SqliteMigrations(connection, file).run(meta.format());
    MetaRow upgraded = meta.withFormat(FORMAT);
    write(upgraded);
    execute("PRAGMA user_version = " + FORMAT);
    execute("COMMIT");
    LOG.info("{} was brought from format {} to {}", file, meta.format(), FORMAT);
    return upgraded;
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

  private void checkRecentEvents() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT "
                    + EventRow.COLUMNS
                    + " FROM event ORDER BY revision DESC LIMIT "
                    + RECENT_EVENTS)) {
      while (rows.next()) {
        EventRow.read(rows, file);
      }
    }
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
