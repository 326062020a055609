package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.server.journal.Imported;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalReads;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Paged;
import org.lesbillets.server.journal.RecordedOperation;
import org.lesbillets.server.journal.sqlite.row.UuidBytes;

/**
 * The reads of the journal, over a pool of connections. Any thread. A redaction changes earlier
 * events, so what takes several statements is one transaction.
 */
final class SqliteQueries implements JournalReads {
  private static final String PREVIOUS_REVISION =
      "(SELECT coalesce(max(p.revision), 0) FROM event p WHERE p.revision < e.revision)";
  private static final String EVENTS =
      "SELECT " + EventRow.COLUMNS + ", " + PREVIOUS_REVISION + " FROM event e WHERE ";

  private static final int CHECK_SECONDS = 30;

  /** Index of the column with the previous event's revision. */
  private static final int PREVIOUS = 7;

  /** Whether a revision is that of an event, or the start, and no later event was dropped. */
  private static final String REMEMBERED =
      "SELECT 1 FROM meta WHERE ?1 >= dropped"
          + " AND (?1 = 0 OR EXISTS (SELECT 1 FROM event WHERE revision = ?1))";

  private static final String EVENT = EVENTS + "revision = ?";
  private static final String EVENTS_AFTER = EVENTS + "revision > ? ORDER BY revision LIMIT ?";
  private static final String OF_TICKET =
      "ticket = (SELECT born FROM ticket WHERE id = ?1) AND revision < ?2 AND "
          + EventRow.IS_COMMENT
          + " = ";
  private static final String NEWEST_FIRST = " ORDER BY revision DESC LIMIT ?3";
  private static final String FIRST = EVENTS + "revision = (SELECT born FROM ticket WHERE id = ?)";

  /** The index has comments apart: the newest of each kind, and the newest of those. */
  private static final String HISTORY =
      EVENTS + "revision IN (" + newest(0) + " UNION ALL " + newest(1) + ")" + NEWEST_FIRST;

  private static final String COMMENT_COUNT = "SELECT comment_count FROM ticket WHERE id = ?";
  private static final String COMMENT =
      "FROM event WHERE ticket = (SELECT born FROM ticket WHERE id = ?1) AND "
          + EventRow.IS_COMMENT
          + " = 1 ORDER BY revision DESC";

  /** The newest comments but some; those are skipped in the index, without reading their rows. */
  private static final String COMMENTS =
      EVENTS
          + "revision IN (SELECT revision "
          + COMMENT
          + " LIMIT ?2 OFFSET ?3) ORDER BY revision DESC";

  private static String newest(int isComment) {
    String all = "SELECT revision FROM event WHERE " + OF_TICKET + isComment + NEWEST_FIRST;
    return "SELECT revision FROM (" + all + ")";
  }

  private final SqliteReaderPool reads;
  private final Path file;
  private final Journal journal;
  private final Supplier<CompletableFuture<String>> indexes;

  /**
   * @param indexes has the indexes of tickets and events compared with their rows, once; completed
   *     with the reason if they differ, or null
   */
  SqliteQueries(
      SqliteReaderPool reads,
      Path file,
      Journal journal,
      Supplier<CompletableFuture<String>> indexes) {
    this.reads = reads;
    this.file = file;
    this.journal = journal;
    this.indexes = indexes;
  }

  /**
   * Waits for the check of the indexes that follows a start: a damaged one hides rows without an
   * error. Called before a connection is borrowed, since the check needs one, too.
   *
   * @throws JournalException if they are damaged, or the check takes longer than 30 s
   */
  private void awaitIndexes() {
    String damage;
    try {
      damage = indexes.get().get(CHECK_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw JournalException.passing(
          "The journal " + file + " is still being checked: try again.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JournalException.passing("Reading the journal was interrupted: try again.", e);
    }
    if (damage != null) {
      throw new JournalException(damage);
    }
  }

  @Override
  public boolean remembers(ResumePoint point) {
    return point.journalId().equals(journal.journalId()) && isRemembered(point.revision());
  }

  private boolean isRemembered(long revision) {
    return reads.read(
        reader -> {
          PreparedStatement select = reader.statement(REMEMBERED);
          select.setLong(1, revision);
          try (ResultSet rows = select.executeQuery()) {
            return rows.next();
          }
        });
  }

  @Override
  public Optional<RecordedOperation> operation(AgentName agent, UUID id) {
    return reads.read(
        reader -> OperationRow.find(reader.statement(OperationRow.FIND), agent, id, file));
  }

  @Override
  public Optional<SequencedEvent> event(long revision) {
    return reads.read(reader -> event(reader, revision));
  }

  private Optional<SequencedEvent> event(StatementCache reader, long revision) throws SQLException {
    PreparedStatement select = reader.statement(EVENT);
    select.setLong(1, revision);
    return page(select, 1, Long.MAX_VALUE).items().stream().findFirst();
  }

  @Override
  public List<SequencedEvent> eventsAfter(long revision, int limit, long maxBytes) {
    return reads
        .read(
            reader -> {
              PreparedStatement select = reader.statement(EVENTS_AFTER);
              select.setLong(1, revision);
              select.setLong(2, limit);
              return page(select, limit, maxBytes);
            })
        .items();
  }

  @Override
  public Optional<Ticket> ticketAt(TicketId ticket, long revision) {
    awaitIndexes();
    return reads.readAtOnce(
        reader -> {
          long before = revision == Long.MAX_VALUE ? revision : revision + 1;
          List<SequencedEvent> last = ofTicket(reader, HISTORY, ticket, newest(before)).items();
          return last.isEmpty()
              ? Optional.empty()
              : Optional.of(whole(reader, last.get(0).event().ticket()));
        });
  }

  private static Page newest(long before) {
    return new Page(before, 1, Long.MAX_VALUE);
  }

  private Ticket whole(StatementCache reader, Ticket ticket) throws SQLException {
    if (ticket.content().description() != null) {
      return ticket;
    }
    SequencedEvent written =
        event(reader, ticket.changedRevision())
            .orElseThrow(
                () ->
                    SqliteErrorMessages.damaged(
                        "The journal " + file,
                        "event " + ticket.changedRevision() + " is missing"));
    String description = written.event().ticket().content().description();
    return ticket.withContent(ticket.content().withDescription(description));
  }

  @Override
  public Paged<SequencedEvent> history(TicketId ticket, Page page) {
    awaitIndexes();
    return reads.read(reader -> ofTicket(reader, HISTORY, ticket, page));
  }

  @Override
  public Paged<Comment> comments(TicketId ticket, Page page) {
    awaitIndexes();
    return reads.readAtOnce(reader -> comments(reader, ticket, page));
  }

  private Paged<Comment> comments(StatementCache reader, TicketId ticket, Page page)
      throws SQLException {
    long count = commentCount(reader, ticket);
    long newest = Math.min(count, page.before() - 1);
    PreparedStatement select = reader.statement(COMMENTS);
    select.setBytes(1, UuidBytes.bytes(ticket.value()));
    select.setLong(2, page.limit() + 1L);
    select.setLong(3, count - newest);
    Paged<SequencedEvent> events = page(select, page.limit(), page.maxBytes());
    List<Comment> comments = new ArrayList<>();
    events.items().forEach(event -> comments.add(event.event().comment()));
    long left = comments.isEmpty() ? newest : comments.get(comments.size() - 1).id() - 1;
    if (events.more() || left <= 0) {
      return new Paged<>(comments, events.more());
    }
    first(reader, ticket).ifPresent(first -> addNewestFirst(comments, first.comments(), left));
    return Paged.cut(comments, page, comment -> comment.text().length());
  }

  private static long commentCount(StatementCache reader, TicketId ticket) throws SQLException {
    PreparedStatement select = reader.statement(COMMENT_COUNT);
    select.setBytes(1, UuidBytes.bytes(ticket.value()));
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static void addNewestFirst(List<Comment> target, List<Comment> comments, long newest) {
    for (int i = (int) Math.min(newest, comments.size()) - 1; i >= 0; i--) {
      target.add(comments.get(i));
    }
  }

  @Override
  public Optional<Imported> imported(TicketId ticket) {
    return reads
        .read(reader -> first(reader, ticket))
        .filter(first -> ((TicketCreated) first.event().event()).imported());
  }

  /** How a ticket was created, with the comments of that. */
  private Optional<Imported> first(StatementCache reader, TicketId ticket) throws SQLException {
    PreparedStatement select = reader.statement(FIRST);
    select.setBytes(1, UuidBytes.bytes(ticket.value()));
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? first(rows) : Optional.empty();
    }
  }

  private Optional<Imported> first(ResultSet rows) throws SQLException {
    EventRow row = EventRow.read(rows, file);
    SequencedEvent event = row.event(rows.getLong(PREVIOUS), file);
    return event.event() instanceof TicketCreated
        ? Optional.of(new Imported(event, row.comments(file)))
        : Optional.empty();
  }

  private Paged<SequencedEvent> ofTicket(
      StatementCache reader, String sql, TicketId ticket, Page page) throws SQLException {
    PreparedStatement select = reader.statement(sql);
    select.setBytes(1, UuidBytes.bytes(ticket.value()));
    select.setLong(2, page.before());
    select.setLong(3, page.limit() + 1L);
    return page(select, page.limit(), page.maxBytes());
  }

  /** Runs a query whose limit is a row more than {@code limit}: there is more if that is given. */
  private Paged<SequencedEvent> page(PreparedStatement select, int limit, long maxBytes)
      throws SQLException {
    List<SequencedEvent> items = new ArrayList<>();
    long bytes = 0;
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        EventRow row = EventRow.read(rows, file);
        bytes += row.body().length;
        if (items.size() == limit || !items.isEmpty() && bytes > maxBytes) {
          return new Paged<>(items, true);
        }
        items.add(row.event(rows.getLong(PREVIOUS), file));
      }
    }
    return new Paged<>(items, false);
  }
}
