package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import org.lesbillets.model.Comment;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.server.journal.sqlite.row.RowChecksum;

/**
 * The rewriting of one ticket's earlier events, within the open transaction: their bodies without
 * what is redacted, their checksums, the chained checksum from there on, and the fingerprints of
 * the operations that changed the ticket. The writer's thread; holds one event at a time, and takes
 * as long as reading the table does: the events are found without an index, since one that is
 * damaged would hide what is to be removed.
 */
final class SqliteRedaction {
  private static final String OF_TICKET =
      "SELECT revision FROM event NOT INDEXED WHERE ticket = ? ORDER BY revision";
  private static final String ONE = "SELECT " + EventRow.COLUMNS + " FROM event WHERE revision = ?";

  private final StatementCache statements;
  private final Path file;

  SqliteRedaction(StatementCache statements, Path file) {
    this.statements = statements;
    this.file = file;
  }

  /**
   * Rewrites the events.
   *
   * @param ticket key of the ticket's row
   * @return the chained checksum of all events now; empty, and nothing was changed, if there is no
   *     comment with the id
   * @throws org.lesbillets.server.journal.JournalException if a row is damaged
   */
  OptionalLong rewrite(Redaction what, long ticket, MetaRow meta) throws SQLException {
    long first = Math.max(ticket, meta.compacted().revision() + 1);
    long chain = folded(meta.chain(), first, EventRow.CHECKSUMS_BACK, RowChecksum::unchained);
    boolean found = what.comment() == null;
    List<Long> revisions = revisions(ticket);
    for (long revision : revisions) {
      EventRow row = row(revision);
      WireEvent event = row.event(0, file).event();
      List<Comment> imported = row.comments(file);
      found |= has(event, imported, what);
      WireEvent taken = what.of(event);
      List<Comment> takenComments = imported.stream().map(what::of).toList();
      if (!taken.equals(event) || !takenComments.equals(imported)) {
        SequencedEvent placed = new SequencedEvent(revision, 0, taken);
        update(EventRow.of(placed, ticket, takenComments));
      }
    }
    if (!found) {
      return OptionalLong.empty();
    }
    Set<Long> changes = new HashSet<>(revisions);
    changes.add(ticket);
    forget(changes, meta.compacted().revision());
    return OptionalLong.of(folded(chain, first, EventRow.CHECKSUMS, RowChecksum::chained));
  }

  private List<Long> revisions(long ticket) throws SQLException {
    PreparedStatement select = statements.statement(OF_TICKET);
    select.setLong(1, ticket);
    List<Long> revisions = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        revisions.add(rows.getLong(1));
      }
    }
    return revisions;
  }

  private EventRow row(long revision) throws SQLException {
    PreparedStatement select = statements.statement(ONE);
    select.setLong(1, revision);
    try (ResultSet rows = select.executeQuery()) {
      rows.next();
      return EventRow.read(rows, file);
    }
  }

  private void update(EventRow row) throws SQLException {
    PreparedStatement update = statements.statement(EventRow.UPDATE);
    row.bind(update);
    update.executeUpdate();
  }

  private static boolean has(WireEvent event, List<Comment> imported, Redaction what) {
    boolean own = event.comment() != null && isOf(event.comment(), what);
    return own || imported.stream().anyMatch(comment -> isOf(comment, what));
  }

  private static boolean isOf(Comment comment, Redaction what) {
    return what.comment() != null && what.comment() == comment.id();
  }

  private long folded(long chain, long first, String sql, LongBinaryOperator step)
      throws SQLException {
    PreparedStatement select = statements.statement(sql);
    select.setLong(1, first);
    return EventRow.folded(select, chain, step);
  }

  /**
   * A fingerprint would confirm a guess of what was removed, also that of a request whose event
   * leaves out the text.
   *
   * @param dropped up to which it is not known any more which ticket an event was of
   */
  private void forget(Set<Long> revisions, long dropped) throws SQLException {
    PreparedStatement select = statements.statement(OperationRow.SELECT_WITH_ROWID);
    PreparedStatement update = statements.statement(OperationRow.UPDATE);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        long revision = rows.getLong(OperationRow.REVISION);
        boolean unknown = revision <= dropped && !OperationRow.isForEver(rows);
        if (unknown || revisions.contains(revision)) {
          OperationRow.bindForgotten(update, rows, file);
          update.executeUpdate();
        }
      }
    }
  }
}
