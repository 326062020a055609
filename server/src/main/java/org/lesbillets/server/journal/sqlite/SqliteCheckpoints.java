package org.lesbillets.server.journal.sqlite;

import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.lesbillets.server.journal.JournalMeasures;
import org.lesbillets.server.world.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints: the pages of the write-ahead log are copied into the database, and the log begins
 * again. SQLite's own ({@code wal_autocheckpoint}) hide their errors, so these are ours, and a
 * failed one is a failed write. The writer's thread, between transactions, after the commit was
 * acknowledged.
 *
 * <p>Readers of an old snapshot keep the log from being emptied, which is no failure; its size is
 * bounded by {@link Limits}.
 */
final class SqliteCheckpoints {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteCheckpoints.class);
  private static final int PAGE_BYTES = 4_096;

  /** Estimate of the pages that one event changes, its texts apart. */
  private static final int PAGES_OF_AN_EVENT = 6;

  /** The log is looked at each time so many pages may have been added: that costs some 10 µs. */
  private static final int LOOK_PAGES = 512;

  private final SqliteAppends appends;
  private final Path file;
  private final Limits limits;
  private final TimeSource time;
  private final JournalMeasures measures = new JournalMeasures();
  private long unseen;
  private long warned;
  private volatile String obstacle;

  /**
   * Sizes of the log in pages of 4 KiB.
   *
   * @param copied beyond which it is copied
   * @param warned beyond which, and at each doubling, readers are waited for and a warning is
   *     logged
   * @param most beyond which no change is taken
   */
  record Limits(int copied, int warned, int most) {
    /** 16 MiB: pages that change in every transaction are copied once. 64 MiB. 1 GiB. */
    static final Limits DEFAULT = new Limits(4_000, 16_000, 256_000);
  }

  /**
   * The log at a moment.
   *
   * @param pages in it
   * @param copied how many of them are in the database, too
   */
  record Log(long pages, long copied) {}

  /** Work of the writer between transactions. */
  interface Upkeep {
    void run() throws SQLException;
  }

  SqliteCheckpoints(SqliteAppends appends, Limits limits, TimeSource time) {
    this.time = time;
    this.appends = appends;
    this.file = appends.file();
    this.limits = limits;
    this.warned = limits.warned();
  }

  JournalMeasures measures() {
    return measures;
  }

  SqliteAppends appends() {
    return appends;
  }

  /** As {@link SqliteAppends#checkIndexes}, with its steps counted. */
  void checkIndexes(BooleanSupplier stopped) throws SQLException {
    appends.checkIndexes(measures.checking(stopped));
  }

  /** Why the log may not grow any more, or null. Any thread. */
  String obstacle() {
    return obstacle;
  }

  /**
   * Whether the log may not grow any more, after another look if it might not.
   *
   * @param upkeep runs the look
   */
  boolean isObstructed(Consumer<Upkeep> upkeep) {
    if (obstacle != null) {
      upkeep.accept(this::run);
    }
    return obstacle != null;
  }

  /**
   * A transaction was committed.
   *
   * @param bytes of its texts
   * @throws SQLException if a checkpoint was due and failed
   */
  void committed(int events, long bytes) throws SQLException {
    unseen += (long) events * PAGES_OF_AN_EVENT + bytes / PAGE_BYTES;
    if (unseen >= Math.min(LOOK_PAGES, limits.copied())) {
      run();
    }
  }

  /**
   * Copies the log if it is large enough.
   *
   * @throws SQLException if that failed
   */
  void run() throws SQLException {
    unseen = 0;
    Log log = appends.checkpoint("NOOP");
    if (log.pages() - log.copied() >= limits.copied()) {
      log = copy("PASSIVE");
    }
    if (log.pages() >= warned || obstacle != null) {
      log = copy("TRUNCATE");
      complain(log.pages());
    }
    measure(log);
    if (log.pages() < limits.warned()) {
      warned = limits.warned();
    }
  }

  private Log copy(String mode) throws SQLException {
    try {
      Log log = appends.checkpoint(mode);
      measures.checkpointed(time.now().toEpochMilli());
      return log;
    } catch (SQLException e) {
      measures.checkpointFailed();
      throw e;
    }
  }

  /** A system call or two, some µs. */
  private void measure(Log log) {
    File database = file.toFile();
    measures.sized(
        new JournalMeasures.Sizes(
            database.length(), log.pages() * PAGE_BYTES, database.getUsableSpace()));
  }

  private void complain(long pages) {
    String reader = "a reader keeps its log, of %d MiB, from being emptied".formatted(mib(pages));
    if (pages >= warned) {
      warned = 2 * pages;
      LOG.warn("{}: {}; end other programs that read it", file, reader);
    }
    // What a rewrite of the file has added may be larger than any limit, and is added once.
    obstacle =
        pages - appends.scrub().logPages() < limits.most()
            ? null
            : "The journal %s takes nothing, because %s: end other programs that read it."
                .formatted(file, reader);
  }

  private static long mib(long pages) {
    return pages * PAGE_BYTES >> 20;
  }

  /** Copies all of the log, before the file is closed. */
  void finish() {
    try {
      appends.checkpoint("TRUNCATE");
    } catch (SQLException e) {
      LOG.error(
          "the log of {} could not be copied ({}): leave it beside the journal, it holds the last"
              + " changes",
          file,
          e.getMessage());
    }
  }
}
