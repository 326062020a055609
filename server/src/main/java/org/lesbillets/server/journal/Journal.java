package org.lesbillets.server.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;

/**
 * The ordered, durable record of everything that happened.
 *
 * <p>{@link #append} and {@link #head} return at once and may be called from any thread; the
 * journal's own thread writes, completes the stages and calls the listener. The other reads may
 * touch the disk: they are for worker threads, any number at a time, and do not disturb the writer.
 * They throw {@link JournalException} when what they find is damaged or cannot be read.
 */
public interface Journal extends AutoCloseable {

  /** Names this history; a restored or migrated journal has another one. */
  String journalId();

  /** Whether what it keeps is gone when the process ends. */
  boolean ephemeral();

  /**
   * Makes one event durable. Never blocks; what waits to be written is bounded, beyond it the
   * outcome is {@link Outcome.Busy}. The listener of {@link #tail} hears of an appended event
   * before the stage completes. The stage never completes exceptionally.
   */
  CompletionStage<Outcome> append(Append append);

  /**
   * Delivers the present state of all tickets, on the caller's thread, and from then on every
   * event, in order, each once, on the journal's thread. At most one listener, for the life of the
   * journal.
   */
  void tail(Listener listener);

  /** Revision of the last event; 0 before the first. */
  long head();

  /** Why no more is written, or null while the journal is sound. */
  String failure();

  /** What is remembered of an operation. */
  Optional<RecordedOperation> operation(AgentName agent, UUID id);

  /** The event at a revision; empty if there is none or it was forgotten. */
  Optional<SequencedEvent> event(long revision);

  /**
   * Whether every event after {@code point} is still there to be read: the journal is the same and
   * has forgotten nothing since.
   */
  boolean remembers(ResumePoint point);

  /**
   * Events after a revision, in order, whole (with descriptions where they were given).
   *
   * @param limit at most so many, 1 or more
   * @param maxBytes stop when the texts read exceed this; at least one is given all the same
   */
  List<SequencedEvent> eventsAfter(long revision, int limit, long maxBytes);

  /** The ticket, whole, as it was after the last event up to {@code revision}. */
  Optional<Ticket> ticketAt(TicketId ticket, long revision);

  /**
   * The ticket's comments, newest first, those it was imported with last; a comment's id is the
   * revision it is paged by.
   */
  Paged<Comment> comments(TicketId ticket, Page page);

  /** How a ticket came that was imported; empty if it is not there, or was not imported. */
  Optional<Imported> imported(TicketId ticket);

  /** The ticket's events, newest first. */
  Paged<SequencedEvent> history(TicketId ticket, Page page);

  /**
   * Writes a consistent copy of the journal while it is in use.
   *
   * @param file must not exist yet
   */
  void backup(Path file);

  /** Writes what waits, completes every stage, and lets go of the store. */
  @Override
  void close();

  /** Hears what the journal delivers; must not block. */
  interface Listener {
    /**
     * The state to start from.
     *
     * @param tickets in the order of their creation, settled, with whole descriptions
     * @param revision of the last event; 0 before the first
     */
    void onSnapshot(Iterable<Ticket> tickets, long revision);

    /** The next event, durable now. */
    void onEvent(SequencedEvent event);

    /** Nothing more will be written, for this reason; reads go on. */
    void onFailure(String reason);
  }
}
