package org.lesbillets.server.journal.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Stream;
import org.lesbillets.server.journal.FileErrorMessages;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.OpenFiles;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;

/**
 * The file and the connections to it. Each connection is used by one thread at a time; statements
 * wait 2 s for another program's lock.
 */
final class SqliteFile {
  private static final byte[] SIGNATURE = "SQLite format 3\0".getBytes(US_ASCII);
  static final int SIGNATURE_BYTES = SIGNATURE.length;
  private static final int BUSY_TIMEOUT_MILLIS = 2_000;

  /** Well below the deadline of the disk: a program that holds a lock is no disk that hangs. */
  static final int WRITER_BUSY_MILLIS = 1_000;

  /** Large enough for the pages of a full batch, so that none is spilled before the commit. */
  private static final int WRITER_CACHE_KIB = 32 << 10;

  private static final int WAL_LIMIT_BYTES = 64 << 20;

  private final Path path;

  SqliteFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** The files that are open once a connection has read in WAL mode, and a witness. */
  static OpenFiles open(Path journal, Path witness) throws IOException {
    return OpenFiles.of(journal, beside(journal, "-wal"), beside(journal, "-shm"), witness);
  }

  /**
   * The size that a copy of the file can have both beside it and among SQLite's temporary files, in
   * bytes; the largest long where that is not known.
   */
  long roomForRewrite() {
    try {
      FileStore own = Files.getFileStore(path.toAbsolutePath().getParent());
      FileStore temporary = Files.getFileStore(temporaryDirectory());
      long room = Math.min(usable(own), usable(temporary));
      return own.equals(temporary) && room < Long.MAX_VALUE ? room / 2 : room;
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /** A store of no size at all has no limit. */
  private static long usable(FileStore store) throws IOException {
    return store.getTotalSpace() == 0 ? Long.MAX_VALUE : store.getUsableSpace();
  }

  /** As SQLite chooses it. */
  private static Path temporaryDirectory() {
    return Stream.of(
            System.getenv("SQLITE_TMPDIR"), System.getenv("TMPDIR"), "/var/tmp", "/usr/tmp", "/tmp")
        .filter(name -> name != null && !name.isEmpty())
        .map(Path::of)
        .filter(directory -> Files.isDirectory(directory) && Files.isWritable(directory))
        .findFirst()
        .orElse(Path.of("."));
  }

  private static Path beside(Path journal, String suffix) {
    return journal.resolveSibling(journal.getFileName() + suffix);
  }

  /**
   * Checks the file's signature before SQLite opens it.
   *
   * @param beginning its first {@link #SIGNATURE_BYTES} bytes
   * @throws JournalException if it is no SQLite file, or empty beside a write-ahead log
   */
  void check(byte[] beginning) {
    try {
      if (beginning.length == 0) {
        refuseOrphanedLog();
      } else if (!Arrays.equals(beginning, SIGNATURE)) {
        throw new JournalException(SqliteErrorMessages.notSqlite(path));
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  JournalException unusable(IOException cause) {
    return new JournalException(
        ("The journal %s cannot be opened (%s): give this user the right to read and write it and"
                + " its directory.")
            .formatted(path, FileErrorMessages.why(cause)),
        cause);
  }

  /** SQLite would silently delete such a log, and the last changes with it. */
  private void refuseOrphanedLog() throws IOException {
    Path log = beside(path, "-wal");
    if (Files.exists(log) && Files.size(log) > 0) {
      throw new JournalException(
          ("The journal %s is missing or empty, but its log %s is not: put the journal back beside"
                  + " it, or move the log away to start with an empty journal.")
              .formatted(path, log.getFileName()));
    }
  }

  /** A connection that may write, not yet in WAL mode; transactions are begun by statements. */
  Connection writing() throws SQLException {
    SQLiteConfig config = config();
    config.setBusyTimeout(WRITER_BUSY_MILLIS);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(WAL_LIMIT_BYTES);
    Connection connection = connect(config);
    try (Statement statement = connection.createStatement()) {
      // For systems whose fsync does not reach the disk itself (macOS); no effect elsewhere.
      statement.execute("PRAGMA fullfsync = ON");
      statement.execute("PRAGMA checkpoint_fullfsync = ON");
      statement.execute("PRAGMA cache_size = -" + WRITER_CACHE_KIB);
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      // Else the driver tries to begin a transaction after each statement that writes.
      connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  Connection reading() throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return connect(config);
  }

  /**
   * A connection that reads a journal there must be.
   *
   * @throws JournalException if there is no file, or one of another program
   */
  Connection existing() throws SQLException {
    try {
      if (!Files.isRegularFile(path) || Files.size(path) == 0) {
        throw new JournalException("There is no journal " + path + ": name one that exists.");
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    // Its signature is left to SQLite: a server of this process may have the file open, and closing
    // another descriptor of it would end that one's POSIX locks.
    Connection connection = reading();
    try {
      SqliteSchema schema = new SqliteSchema(connection, path);
      if (schema.isBlank()) {
        throw new JournalException(
            ("The journal %s has no tables: its log %s, where they were written first, is missing."
                    + " Put the log or a backup back.")
                .formatted(path, beside(path, "-wal").getFileName()));
      }
      schema.recognise();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw SqliteErrorMessages.explained(path, e);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    // Else the driver compiles and runs one more statement after each INSERT.
    config.setGetGeneratedKeys(false);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return config;
  }

  private Connection connect(SQLiteConfig config) throws SQLException {
    // As a URI: in a plain path a '?' would start the settings.
    return config.createConnection("jdbc:sqlite:" + path.toUri());
  }

  /**
   * Closes a connection that wrote nothing, and leaves the write-ahead log as it is: it may hold
   * more than can be read of it. Only the last connection to close checkpoints, and a read-only one
   * cannot.
   */
  void closeUnchanged(Connection connection) throws SQLException {
    try (connection;
        Connection last = reading();
        Statement statement = last.createStatement()) {
      statement.execute("SELECT count(*) FROM sqlite_master");
      connection.close();
    }
  }

  /**
   * Enables the write-ahead log, so that readers and the writer do not block each other.
   *
   * @throws JournalException if the file system cannot do that
   */
  void useWriteAheadLog(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA journal_mode = WAL")) {
      if (!rows.next() || !"wal".equals(rows.getString(1))) {
        throw new JournalException(
            ("The journal %s cannot be kept with a write-ahead log there: move the data directory"
                    + " to a local disk.")
                .formatted(path));
      }
    }
    forceLog();
  }

  /**
   * Syncs the log. After a kill in the middle of a commit the log may hold a commit that SQLite
   * recovers, but that is in the page cache only: it must not be shown, acknowledged or witnessed
   * before it is durable.
   *
   * @throws JournalException if it cannot be synced
   */
  void forceLog() {
    Path log = beside(path, "-wal");
    try {
      if (Files.exists(log)) {
        // SQLite keeps no locks on the log, so that closing this descriptor ends none.
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    } catch (IOException e) {
      throw new JournalException(
          "The log %s could not be synced (%s): look after the disk, and start again."
              .formatted(log, FileErrorMessages.why(e)),
          e);
    }
  }
}
