package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.lesbillets.model.Ticket;

/** A lazy iterator over tickets. One thread; executing the statement again ends an earlier one. */
final class TicketRows implements Iterator<Ticket> {
  private final Path file;
  private final TicketRowReader reader;
  private ResultSet rows;
  private boolean ready;

  TicketRows(PreparedStatement select, Path file) {
    this.file = file;
    this.reader = new TicketRowReader(file, TicketLayout.CURRENT);
    try {
      rows = select.executeQuery();
    } catch (SQLException e) {
      throw SqliteErrorMessages.explained(file, e);
    }
  }

  @Override
  public boolean hasNext() {
    try {
      if (!ready && rows != null) {
        ready = rows.next();
        if (!ready) {
          rows.close();
          rows = null;
        }
      }
      return ready;
    } catch (SQLException e) {
      throw SqliteErrorMessages.explained(file, e);
    }
  }

  @Override
  public Ticket next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ready = false;
    try {
      return reader.read(rows);
    } catch (SQLException e) {
      throw SqliteErrorMessages.explained(file, e);
    }
  }
}
