package org.lesbillets.server.journal.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.lesbillets.model.WireLimits;

/** The numbers of new tickets, within the open transaction. The writer's thread. */
final class TicketNumbers {
  private static final String FIND = "SELECT 1 FROM ticket WHERE number = ?";
  private static final String LAST = "SELECT max(number) FROM ticket WHERE number <= ?";

  private final StatementCache statements;

  TicketNumbers(StatementCache statements) {
    this.statements = statements;
  }

  /**
   * The number of a new ticket: the wanted one if it is free, or the next.
   *
   * @param wanted 0 for none
   * @param last the highest number ever used
   */
  long next(long wanted, long last) throws SQLException {
    if (wanted > 0 && wanted <= WireLimits.MAX_NUMBER) {
      PreparedStatement select = statements.statement(FIND);
      select.setLong(1, wanted);
      try (ResultSet taken = select.executeQuery()) {
        if (!taken.next()) {
          return wanted;
        }
      }
    }
    return highest(last) + 1;
  }

  /** The highest valid number in use. */
  private long highest(long last) throws SQLException {
    if (last <= WireLimits.MAX_NUMBER) {
      return last;
    }
    PreparedStatement select = statements.statement(LAST);
    select.setLong(1, WireLimits.MAX_NUMBER);
    try (ResultSet highest = select.executeQuery()) {
      return highest.getLong(1);
    }
  }
}
