package org.lesbillets.server.session;

import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalReads;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Paged;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Workers;

/**
 * The one chunk that answers GetTicket: the ticket of the desk's book, and a page of its comments
 * and history from the journal. A worker's thread; bounded by the page's bytes.
 */
final class TicketDetailsChunk implements ChunkSource {
  /** Comments and history together fit into one message, escapes included. */
  private static final long PAGE_BYTES = WireLimits.SERVER_MESSAGE_BYTES / 8;

  private final GetTicket request;
  private final Ticket ticket;
  private final SessionReader reader;
  private final FairLane.Job job = new FairLane.Job();
  private boolean made;

  TicketDetailsChunk(GetTicket request, Ticket ticket, SessionReader reader) {
    this.request = request;
    this.ticket = ticket;
    this.reader = reader;
  }

  @Override
  public FairLane.Job job() {
    return job;
  }

  @Override
  public FairLane lane(Workers workers) {
    return workers.reads();
  }

  @Override
  public Chunk next() {
    if (made) {
      return null;
    }
    made = true;
    reader.answered(request.requestId());
    try {
      return Chunk.of(reader.frame(details()));
    } catch (JournalException e) {
      return Chunk.of(reader.unreadable(request.requestId(), e.getMessage()));
    }
  }

  private ServerMessage.TicketDetails details() {
    JournalReads reads = reader.journal().reads();
    Paged<Comment> comments = reads.comments(ticket.id(), comments(reads));
    Paged<SequencedEvent> history =
        request.history()
            ? reads.history(ticket.id(), page(request.cursor().before(), ticket.revision() + 1))
            : null;
    List<SequencedEvent> events =
        history == null ? null : history.items().stream().map(reader::withRemaining).toList();
    return new ServerMessage.TicketDetails(
        request.requestId(),
        ticket,
        comments.items(),
        events,
        comments.more() || history != null && history.more());
  }

  /** Nothing newer than the ticket in the same answer; clients may know one cursor for both. */
  private Page comments(JournalReads reads) {
    Long before = request.cursor().before();
    Long commentsBefore = request.cursor().commentsBefore();
    if (commentsBefore == null && before != null) {
      commentsBefore = request.history() ? commentsAt(reads, before - 1) + 1 : before;
    }
    return page(commentsBefore, ticket.commentCount() + 1);
  }

  private long commentsAt(JournalReads reads, long revision) {
    return reads.ticketAt(ticket.id(), revision).map(Ticket::commentCount).orElse(0L);
  }

  private Page page(Long below, long newest) {
    long before = below == null ? newest : Math.min(below, newest);
    int limit = request.limit() == null ? WireLimits.DEFAULT_PAGE_LIMIT : request.limit();
    return new Page(before, limit, PAGE_BYTES);
  }
}
