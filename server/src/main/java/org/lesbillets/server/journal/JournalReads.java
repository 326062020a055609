package org.lesbillets.server.journal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;

/**
 * Reads of a journal, a page at a time. They may block on the disk, so they are for worker threads,
 * any number at a time, and do not disturb the writer. They throw {@link JournalException} when the
 * journal is damaged or cannot be read.
 */
public interface JournalReads {

  /** The recorded effect of an operation. */
  Optional<RecordedOperation> operation(AgentName agent, UUID id);

  /** The event at a revision; empty if there is none, or it was dropped. */
  Optional<SequencedEvent> event(long revision);

  /**
   * Whether a watch can resume from {@code point}: it names the start of this journal, or an event
   * of it, and every later event can still be read. A revision without an event is of another
   * history, or was never seen by a client.
   */
  boolean remembers(ResumePoint point);

  /**
   * Events after a revision, in order, with descriptions where they were given.
   *
   * @param limit bound on their number, 1 or more
   * @param maxBytes bound on their texts; one event is given even beyond it
   */
  List<SequencedEvent> eventsAfter(long revision, int limit, long maxBytes);

  /** The ticket with its description, as of {@code revision}. */
  Optional<Ticket> ticketAt(TicketId ticket, long revision);

  /**
   * The ticket's comments, newest first, those of its import last.
   *
   * @param page below the id of a comment
   */
  Paged<Comment> comments(TicketId ticket, Page page);

  /** How a ticket was imported; empty if it does not exist, or was not imported. */
  Optional<Imported> imported(TicketId ticket);

  /**
   * The ticket's events, newest first.
   *
   * @param page below a revision
   */
  Paged<SequencedEvent> history(TicketId ticket, Page page);
}
