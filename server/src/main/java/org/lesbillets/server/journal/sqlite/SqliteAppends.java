package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.EventSealer;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.RecordedOperation;
import org.lesbillets.server.journal.sqlite.TicketRows.Existing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing connection: appends within transactions. Owned by the writer's thread once that runs.
 */
final class SqliteAppends implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteAppends.class);

  private final Path file;
  private final StatementCache statements;
  private final TicketRows tickets;
  private final SqliteRedaction redaction;
  private final SqliteScrub scrub;

  /** As of the open transaction. */
  private MetaRow meta;

  private MetaRow committed;

  /**
   * The result of one append.
   *
   * @param event as written, or null if nothing was
   * @param bytes estimate of what was written
   */
  record Applied(Outcome outcome, SequencedEvent event, int bytes) {}

  SqliteAppends(Connection connection, Path file, MetaRow meta) {
    this.statements = new StatementCache(connection);
    this.tickets = new TicketRows(statements, file);
    this.scrub = new SqliteScrub(statements, new SqliteFile(file));
    this.redaction = new SqliteRedaction(statements, file);
    this.file = file;
    this.meta = meta;
    this.committed = meta;
  }

  SqliteScrub scrub() {
    return scrub;
  }

  Path file() {
    return file;
  }

  /** As of the last commit. */
  MetaRow committed() {
    return committed;
  }

  /** Revision of the last event of the open transaction; that of the last commit without one. */
  long head() {
    return meta.head();
  }

  /** Checks the indexes by which appends look for tickets, numbers and operations. */
  void checkIndexes(BooleanSupplier stopped) throws SQLException {
    statements.checkIndexes("ticket", file, stopped);
    statements.checkIndexes("operation", file, stopped);
  }

  /** Chained checksum of the events of the open transaction. */
  long chain() {
    return meta.chain();
  }

  void begin() throws SQLException {
    execute("BEGIN IMMEDIATE");
  }

  /** Makes everything since {@link #begin} durable. */
  void commit() throws SQLException {
    if (meta != committed) {
      PreparedStatement insert = statement(MetaRow.INSERT);
      meta.bind(insert);
      insert.executeUpdate();
    }
    execute("COMMIT");
    committed = meta;
  }

  /** Rolls a failed transaction back, as far as possible. */
  void rollBack() {
    meta = committed;
    tickets.forget();
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back already, or cannot; either way nothing more is written.
      LOG.debug("rolling back {}", file, e);
    }
  }

  /**
   * Writes one append.
   *
   * @param ranMillis how long the journal was open by now
   * @return null if it cannot be written, and others can: the transaction, which may have a part of
   *     it, is to be rolled back
   * @throws SQLException if the transaction cannot be continued
   */
  Applied apply(Append append, long ranMillis) throws SQLException {
    try {
      return applied(append, ranMillis);
    } catch (SQLException | RuntimeException e) {
      if (!concernsOneAppend(e)) {
        throw e;
      }
      LOG.debug("the batch is written again without an append that failed", e);
      return null;
    }
  }

  /**
   * Writes one append, or leaves the transaction as it was: under a savepoint, which has SQLite
   * copy each page the append changes.
   *
   * @throws SQLException if the transaction cannot be continued
   */
  Applied applyAlone(Append append, long ranMillis) throws SQLException {
    MetaRow before = meta;
    execute("SAVEPOINT one");
    Applied applied;
    try {
      applied = applied(append, ranMillis);
    } catch (SQLException | RuntimeException e) {
      if (!concernsOneAppend(e)) {
        throw e;
      }
      LOG.error("an event of ticket {} could not be written to {}", append.ticket(), file, e);
      execute("ROLLBACK TO one");
      meta = before;
      tickets.forget();
      applied = new Applied(new Outcome.Unknown("the event could not be written"), null, 0);
    }
    execute("RELEASE one");
    return applied;
  }

  /** Whether others can be written: it is no failure of the store. */
  private static boolean concernsOneAppend(Exception trouble) {
    return trouble instanceof SQLException sql
        ? SqliteErrorMessages.concernsOneStatement(sql)
        : !(trouble instanceof JournalException);
  }

  private Applied applied(Append append, long ranMillis) throws SQLException {
    Existing existing = tickets.find(append.ticket());
    requireKnown(append, existing);
    long number =
        existing == Existing.NONE
            ? tickets.nextNumber(append.event().ticket().number(), meta.lastNumber())
            : existing.number();
    boolean expected = existing.revision() == append.expectedRevision();
    boolean numbered = number <= WireLimits.MAX_NUMBER;
    // Most keys are new: that of an ordinary change is looked for by recording it.
    if (append.redacts() || !expected || !numbered) {
      Optional<RecordedOperation> recorded = recorded(append.operation());
      if (recorded.isPresent()) {
        return refused(new Outcome.Repeated(recorded.get()));
      }
    }
    if (!expected) {
      return refused(new Outcome.Conflict(existing.revision()));
    }
    return numbered
        ? write(append, existing, number, ranMillis)
        : refused(new Outcome.Missing(Outcome.Missing.What.NUMBER));
  }

  private static Applied refused(Outcome outcome) {
    return new Applied(outcome, null, 0);
  }

  private void requireKnown(Append append, Existing existing) {
    if (existing.revision() > meta.head()) {
      throw SqliteErrorMessages.damaged(
          "The journal " + file,
          "ticket %s has revision %d, above that of the last event"
              .formatted(append.ticket(), existing.revision()));
    }
  }

  private Optional<RecordedOperation> recorded(Operation operation) throws SQLException {
    return operation == null
        ? Optional.empty()
        : OperationRow.find(statement(OperationRow.FIND), operation.agent(), operation.id(), file);
  }

  /** Records the key of an append, before anything else of it; returns whether it was new. */
  private boolean record(Operation operation, long revision, long ranMillis) throws SQLException {
    if (operation == null) {
      return true;
    }
    PreparedStatement insert = statement(OperationRow.INSERT);
    OperationRow.bind(insert, operation, revision, ranMillis);
    return insert.executeUpdate() == 1;
  }

  private Applied write(Append append, Existing existing, long number, long ranMillis)
      throws SQLException {
    boolean isNew = existing == Existing.NONE;
    if (append.event() instanceof WireEvent.TicketRedacted redacted) {
      OptionalLong chain = redaction.rewrite(redacted.what(), existing.createdRevision(), meta);
      if (chain.isEmpty()) {
        return refused(new Outcome.Missing(Outcome.Missing.What.COMMENT));
      }
      meta = meta.withFormat(meta.format(), chain.getAsLong());
    }
    long revision = meta.nextRevision();
    if (!record(append.operation(), revision, ranMillis)) {
      return refused(new Outcome.Repeated(recorded(append.operation()).orElseThrow()));
    }
    SequencedEvent event = EventSealer.seal(append.event(), number, revision, meta.head());
    long createdRevision = isNew ? revision : existing.createdRevision();
    EventRow row = EventRow.of(event, createdRevision, append.comments());
    long checksum = insert(row);
    tickets.write(event.event().ticket(), createdRevision, existing);
    meta = meta.withEvent(revision, checksum).withRanMillis(ranMillis);
    if (isNew) {
      meta = meta.withTicket(number);
    }
    return new Applied(new Outcome.Appended(revision), event, row.body().length);
  }

  /** Inserts the row, and returns its checksum. */
  private long insert(EventRow row) throws SQLException {
    PreparedStatement insert = statement(EventRow.INSERT);
    long checksum = row.bind(insert);
    insert.executeUpdate();
    return checksum;
  }

  /**
   * Deletes expired idempotency keys.
   *
   * @param horizonMillis in {@link MetaRow#ranMillis}: older ones have expired, unless they are for
   *     ever
   * @param limit bound on their number
   * @return their number
   */
  int purge(long horizonMillis, int limit) throws SQLException {
    PreparedStatement delete = statement(OperationRow.PURGE);
    delete.setLong(1, horizonMillis);
    delete.setInt(2, limit);
    return delete.executeUpdate();
  }

  /** Has the commit record how long the journal was open by now. */
  void ran(long ranMillis) {
    meta = meta.withRanMillis(ranMillis);
  }

  /**
   * Runs a checkpoint, outside of a transaction, or none for the mode NOOP.
   *
   * @throws SQLException if it failed; a reader in its way is no failure
   */
  SqliteCheckpoints.Log checkpoint(String mode) throws SQLException {
    try (ResultSet row = statement("PRAGMA wal_checkpoint(" + mode + ")").executeQuery()) {
      row.next();
      return new SqliteCheckpoints.Log(row.getLong(2), row.getLong(3));
    }
  }

  private void execute(String sql) throws SQLException {
    statement(sql).execute();
  }

  private PreparedStatement statement(String sql) throws SQLException {
    return statements.statement(sql);
  }

  @Override
  public void close() throws SQLException {
    statements.close();
  }
}
