package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.sqlite.row.RowChecksum;
import org.lesbillets.server.world.World;

/**
 * Compaction: drops old history, and gives its space back to the file system. What the present
 * needs stays: the event that made each ticket, its last change and its last event, comments, and
 * the effects of recorded operations. Resume points before the last dropped event are forgotten.
 * The thread of the program that holds the data directory; one transaction, and a rewrite of the
 * file, which needs twice its size for a while.
 */
public final class SqliteCompaction {
  private static final String DROPPABLE =
      " FROM event WHERE revision <= ?1 AND type NOT IN ('TicketCreated', 'TicketCommented',"
          + " 'TicketRedacted')"
          + " AND revision NOT IN (SELECT revision FROM ticket"
          + " UNION SELECT changed_revision FROM ticket UNION SELECT revision FROM operation)";

  private final Connection connection;
  private final Path file;

  private SqliteCompaction(Connection connection, Path file) {
    this.connection = connection;
    this.file = file;
  }

  /**
   * Which history is kept; an event goes only if every bound that is given lets it go.
   *
   * @param olderThan age from which events go, by the wall clock; null for any
   * @param keep how many of the last events stay; 0 for none
   */
  public record Bound(Duration olderThan, long keep) {}

  /**
   * Compacts the journal of a data directory, which no server uses.
   *
   * @return how many events were dropped
   * @throws org.lesbillets.server.journal.JournalException if the journal is damaged, or the disk
   *     has no room for the rewrite
   */
  public static long run(DataDirectory data, Bound bound, World world) {
    // Its start checks the journal, migrates it, and ends it cleanly.
    SqliteJournal.open(data, false, world).close();
    SqliteFile file = new SqliteFile(data.file(SqliteJournal.FILE_NAME));
    try (Connection connection = file.writing()) {
      file.useWriteAheadLog(connection);
      SqliteCompaction compaction = new SqliteCompaction(connection, file.path());
      long dropped = compaction.drop(bound, world.time().now());
      compaction.returnSpace();
      return dropped;
    } catch (SQLException e) {
      throw SqliteErrorMessages.explained(file.path(), e);
    }
  }

  private long drop(Bound bound, Instant now) throws SQLException {
    SqliteSchema schema = new SqliteSchema(connection, file);
    return schema.change(
        meta -> {
          long last = lastToGo(bound, now, meta);
          long highest = number("SELECT coalesce(max(revision), 0)" + DROPPABLE, last);
          if (highest == 0) {
            return meta;
          }
          MetaRow.Compacted compacted = compactedAt(highest, meta.compacted());
          long dropped = execute("DELETE" + DROPPABLE, highest);
          return meta.withCompacted(compacted, meta.events() - dropped);
        });
  }

  /** The highest revision that the bounds let go. */
  private long lastToGo(Bound bound, Instant now, MetaRow meta) throws SQLException {
    long byNumber =
        bound.keep() == 0
            ? meta.head()
            : number(
                "SELECT coalesce((SELECT revision FROM event ORDER BY revision DESC"
                    + " LIMIT 1 OFFSET ?1), 0)",
                bound.keep());
    if (bound.olderThan() == null) {
      return byNumber;
    }
    long before = now.minus(bound.olderThan()).toEpochMilli();
    long byAge =
        number("SELECT coalesce(min(revision) - 1, 1 << 53) FROM event WHERE at >= ?1", before);
    return Math.min(byNumber, byAge);
  }

  private MetaRow.Compacted compactedAt(long revision, MetaRow.Compacted before)
      throws SQLException {
    if (revision <= before.revision()) {
      return before;
    }
    long chain = before.chain();
    String later =
        "SELECT checksum FROM event WHERE revision > ? AND revision <= ? ORDER BY revision";
    try (PreparedStatement select = connection.prepareStatement(later)) {
      select.setLong(1, before.revision());
      select.setLong(2, revision);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          chain = RowChecksum.chained(chain, rows.getLong(1));
        }
      }
    }
    return new MetaRow.Compacted(revision, chain);
  }

  private long number(String sql, long parameter) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, parameter);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  private long execute(String sql, long parameter) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, parameter);
      return statement.executeUpdate();
    }
  }

  private void returnSpace() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }
}
