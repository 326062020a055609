package org.lesbillets.server.journal.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalMeasures;
import org.lesbillets.server.journal.JournalReads;
import org.lesbillets.server.journal.Obstacle;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tail;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in the file {@code journal.db} of a data directory. Single writer: the thread
 * "journal-writer"; any thread may append, up to {@link
 * org.lesbillets.server.journal.AppendQueue#CAPACITY} at a time. Keeps every event; an idempotency
 * key that is not for ever expires after a day.
 *
 * <p>Opening checks everything but the tickets, which {@link #tail} checks as it reads them.
 */
public final class SqliteJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);

  /** Waited for at the end: a check that is stopped ends within a read of the disk. */
  private static final long CHECK_MILLIS = 500;

  public static final String FILE_NAME = DataDirectory.JOURNAL;

  private final String journalId;
  private final SqliteFile file;
  private final SqliteReaderPool reads;
  private final SqliteQueries queries;
  private final TicketLoad tickets;
  private final SqliteWriter writer;
  private final Tail tail;

  private final StatementCache.IndexCheck events;
  private final Loop indexCheck;
  private String notice;

  private SqliteJournal(World world, SqliteReaderPool reads, SqliteWriter writer, Tail tail) {
    this.journalId = writer.journalId();
    this.file = reads.file();
    this.reads = reads;
    this.tail = tail;
    this.writer = writer;
    this.queries = new SqliteQueries(reads, file.path(), this, this::indexes);
    this.tickets = new TicketLoad(reads, file.path(), world);
    this.events =
        new StatementCache.IndexCheck(
            this::checkEvents, file.path(), this::poison, this::startIndexCheck);
    this.indexCheck = world.loop("index-check", this::checkIndexesOnce);
  }

  /**
   * Opens the journal of a data directory; creates one if there is none.
   *
   * @throws JournalException if it cannot be used, or has lost something; nothing was changed then
   */
  public static SqliteJournal open(DataDirectory directory) {
    return open(directory, false, World.system());
  }

  /**
   * Opens the journal of a data directory.
   *
   * @param acceptLoss whether a journal that does not agree with its {@linkplain Witness witness}
   *     is opened as another history
   * @param world its monotonic clock is what idempotency keys expire by
   */
  public static SqliteJournal open(DataDirectory directory, boolean acceptLoss, World world) {
    return open(directory, acceptLoss, world, SqliteCheckpoints.Limits.DEFAULT);
  }

  static SqliteJournal open(
      DataDirectory directory, boolean acceptLoss, World world, SqliteCheckpoints.Limits limits) {
    return open(directory, start -> start.start(acceptLoss), world, limits);
  }

  /**
   * Opens a copy of a journal as another history.
   *
   * @param issued revisions of the history that was in its place; 0 if there was none
   */
  static SqliteJournal openCopy(DataDirectory directory, long issued, World world) {
    return open(
        directory, start -> start.startCopy(issued), world, SqliteCheckpoints.Limits.DEFAULT);
  }

  private interface Starting {
    SqliteStart.Started with(SqliteStart start) throws SQLException;
  }

  private static SqliteJournal open(
      DataDirectory directory, Starting starting, World world, SqliteCheckpoints.Limits limits) {
    SqliteFile file = new SqliteFile(directory.file(FILE_NAME));
    file.check(directory.serve(SqliteFile.SIGNATURE_BYTES));
    try {
      Connection connection = file.writing();
      try {
        SqliteStart.Started started =
            starting.with(new SqliteStart(connection, file, world::newId));
        SqliteAppends appends = new SqliteAppends(connection, file.path(), started.meta());
        Tail tail = new Tail();
        SqliteReaderPool reads = SqliteReaderPool.open(file);
        SqliteWriter writer =
            new SqliteWriter(
                new SqliteCheckpoints(appends, limits, world.time()),
                started.witness(),
                world,
                tail);
        directory.serveOn();
        writer.start();
        SqliteJournal journal = new SqliteJournal(world, reads, writer, tail);
        journal.notice = started.notice();
        return journal;
      } catch (IOException | SQLException | RuntimeException e) {
        file.closeUnchanged(connection);
        throw e;
      }
    } catch (IOException e) {
      throw file.unusable(e);
    } catch (SQLException e) {
      throw SqliteErrorMessages.explained(file.path(), e);
    }
  }

  /**
   * Has the indexes compared with their rows, once. A million events take seconds, so it begins
   * when the tickets are loaded, and the server is ready before it ends.
   *
   * @return completed with the reason if they differ, or null
   */
  private CompletableFuture<String> indexes() {
    // Events are found by the key of their ticket's row, and that by an index.
    return writer
        .indexes
        .demand()
        .thenCombine(events.demand(), (tickets, damage) -> tickets == null ? damage : tickets);
  }

  private void startIndexCheck() {
    indexCheck.start(
        (thread, cause) -> events.end("The check of the journal's indexes died: " + cause));
  }

  private long checkIndexesOnce() {
    events.run(true);
    return Loop.END;
  }

  private void checkEvents(BooleanSupplier stopped) {
    reads.read(
        reader -> {
          reader.checkIndexes("event", file.path(), stopped);
          return null;
        });
  }

  @Override
  public String journalId() {
    return journalId;
  }

  @Override
  public boolean ephemeral() {
    return false;
  }

  @Override
  public CompletionStage<Outcome> append(Append append) {
    return writer.queue().add(append);
  }

  /**
   * {@inheritDoc}
   *
   * @throws JournalException if a row of a ticket is damaged
   */
  @Override
  public void tail(Listener listener) {
    tail.start(listener, l -> tickets.load(all -> l.onSnapshot(all, writer.head())));
    indexes();
    if (notice != null) {
      LOG.warn(notice);
    }
  }

  @Override
  public CompletionStage<Long> head() {
    return CompletableFuture.completedFuture(writer.head());
  }

  @Override
  public String failure() {
    return tail.failure();
  }

  @Override
  public void poison(String reason) {
    writer.poison(reason);
  }

  @Override
  public JournalMeasures measures() {
    return writer.measures();
  }

  @Override
  public void probe(Runnable probe) {
    writer.queue().probe(probe);
  }

  @Override
  public void settle() {
    writer.settle();
  }

  @Override
  public Uncertain uncertain() {
    return writer.uncertain();
  }

  @Override
  public Obstacle obstacle() {
    String reason = writer.obstacle();
    return reason == null ? null : Obstacle.stalled(reason);
  }

  @Override
  public JournalReads reads() {
    return queries;
  }

  @Override
  public void backup(Path target) {
    SqliteBackup.write(file, target);
  }

  Witness witness() {
    return writer.witness();
  }

  /** The number of transactions with events. */
  long commits() {
    return Arrays.stream(measures().batches().counts()).sum();
  }

  @Override
  public void close() {
    events.stop();
    if (!writer.finish()) {
      return;
    }
    indexCheck.join(CHECK_MILLIS);
    reads.close();
    writer.close();
  }
}
