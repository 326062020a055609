package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.WireLimits;
import org.lesbillets.server.journal.sqlite.row.UuidBytes;

/**
 * The rows of tickets, within the open transaction. The writer's thread; remembers the 4,096
 * tickets written last, in some 200 bytes each. What changes the file beside it is noticed by the
 * update of a row, which names the revision it replaces.
 */
final class TicketRows {
  private static final int REMEMBERED = 4_096;

  private static final String FIND =
      "SELECT born, number, revision, description_checksum FROM ticket WHERE id = ?";
  private static final String FIND_NUMBER = "SELECT 1 FROM ticket WHERE number = ?";
  private static final String LAST_NUMBER = "SELECT max(number) FROM ticket WHERE number <= ?";
  private static final String INSERT = TicketLayout.CURRENT.insert();
  private static final String UPDATE = TicketLayout.CURRENT.update();
  private static final String UPDATE_WHOLE = TicketLayout.CURRENT.updateWhole();

  private final StatementCache statements;
  private final Path file;

  private final Map<TicketId, Existing> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TicketId, Existing> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** The part of a row that the ticket's next event needs. */
  record Existing(long createdRevision, long number, long revision, long descriptionChecksum) {
    static final Existing NONE = new Existing(0, 0, 0, 0);
  }

  TicketRows(StatementCache statements, Path file) {
    this.statements = statements;
    this.file = file;
  }

  /** What was written since the last commit may be gone. */
  void forget() {
    remembered.clear();
  }

  /** The row of a ticket; {@link Existing#NONE} if there is none. */
  Existing find(TicketId ticket) throws SQLException {
    Existing known = remembered.get(ticket);
    return known == null ? read(ticket) : known;
  }

  private Existing read(TicketId ticket) throws SQLException {
    PreparedStatement select = statements.statement(FIND);
    select.setBytes(1, UuidBytes.bytes(ticket.value()));
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? new Existing(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4))
          : Existing.NONE;
    }
  }

  /**
   * The number of a new ticket: the wanted one if it is free, or the next.
   *
   * @param wanted 0 for none
   * @param last the highest number ever used
   */
  long nextNumber(long wanted, long last) throws SQLException {
    if (wanted > 0 && wanted <= WireLimits.MAX_NUMBER) {
      PreparedStatement select = statements.statement(FIND_NUMBER);
      select.setLong(1, wanted);
      try (ResultSet taken = select.executeQuery()) {
        if (!taken.next()) {
          return wanted;
        }
      }
    }
    return highestNumber(last) + 1;
  }

  /** The highest valid number in use. */
  private long highestNumber(long last) throws SQLException {
    if (last <= WireLimits.MAX_NUMBER) {
      return last;
    }
    PreparedStatement select = statements.statement(LAST_NUMBER);
    select.setLong(1, WireLimits.MAX_NUMBER);
    try (ResultSet highest = select.executeQuery()) {
      return highest.getLong(1);
    }
  }

  /**
   * Writes the state of a ticket, with its description where it has one.
   *
   * @param createdRevision revision of the event that created the ticket
   * @param existing the row it replaces, as {@link #find} gave it
   * @throws org.lesbillets.server.journal.JournalException if the table does not have that row
   */
  void write(Ticket ticket, long createdRevision, Existing existing) throws SQLException {
    String description = ticket.content().description();
    boolean isNew = existing == Existing.NONE;
    PreparedStatement write =
        statements.statement(isNew ? INSERT : description == null ? UPDATE : UPDATE_WHOLE);
    long checksum =
        description == null ? existing.descriptionChecksum() : TicketLayout.checksum(description);
    TicketLayout.CURRENT.bind(write, ticket, createdRevision, checksum);
    if (description != null) {
      TicketLayout.CURRENT.bindDescription(write, description);
    }
    if (!isNew) {
      TicketLayout.CURRENT.bindReplaced(write, existing.revision());
    }
    if (write.executeUpdate() != 1) {
      throw SqliteErrorMessages.damaged(
          "The journal " + file,
          "its table has no ticket %s of revision %d".formatted(ticket.id(), existing.revision()));
    }
    remembered.put(
        ticket.id(), new Existing(createdRevision, ticket.number(), ticket.revision(), checksum));
  }
}
