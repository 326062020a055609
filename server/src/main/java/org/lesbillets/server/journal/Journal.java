package org.lesbillets.server.journal;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;

/**
 * The durable, ordered log of events. {@link #append} and {@link #head} never block and may be
 * called by any thread; the journal's own thread writes in batches (group commit), completes the
 * stages and calls the listener.
 */
public interface Journal extends AutoCloseable {

  /** The id of this history; a restored or migrated journal has another one. */
  String journalId();

  /** Whether its content is lost when the process ends. */
  boolean ephemeral();

  /**
   * Makes one event durable, if its ticket is still at the expected revision (compare-and-set).
   * Never blocks; the queue of appends is bounded, beyond it the outcome is {@link Outcome.Busy}.
   * The stage never completes exceptionally, and not before the listener of {@link #tail} was
   * called with the appended event: a journal that learns of the success first holds it back.
   */
  CompletionStage<Outcome> append(Append append);

  /**
   * Delivers a snapshot of all tickets, on the caller's thread, and from then on every event, in
   * order, each once, on the journal's thread. At most one listener, for the life of the journal.
   */
  void tail(Listener listener);

  /**
   * Revision of the last event, 0 before the first, as of some moment after the call
   * (linearizable): it has every event that was acknowledged before, by any server. Never blocks.
   *
   * @return completes exceptionally, with a {@link JournalException}, if the store does not answer
   *     within 2 s
   */
  CompletionStage<Long> head();

  /**
   * Whether other servers write to the same store: then the head may be ahead of the tail for
   * longer than an append takes, and an append loses races against theirs.
   */
  default boolean shared() {
    return false;
  }

  /** Why no more is written, for good; or null while the journal is sound. */
  String failure();

  /** Why no change is taken at the moment, or null; it ends by itself. */
  default Obstacle obstacle() {
    return null;
  }

  /**
   * Answers the appends under way although the store has not: Unknown those that it was given, as
   * an {@link Obstacle} the others. For a server that stops. Any thread.
   */
  default void settle() {}

  /** The changes whose outcome is unknown. */
  default Uncertain uncertain() {
    return Uncertain.NONE;
  }

  /**
   * Changes that may have been written or not.
   *
   * @param changes how many
   * @param fromRevision the lowest revision that one of them would have
   */
  record Uncertain(long changes, long fromRevision) {
    public static final Uncertain NONE = new Uncertain(0, 0);
  }

  /**
   * Takes nothing more: what it says contradicts what it has delivered. Any thread.
   *
   * @param reason a sentence for the server's operator
   */
  void poison(String reason);

  /** Has the thread that writes run {@code probe}, once it takes appends. Never blocks. */
  void probe(Runnable probe);

  /** What was written, in numbers. */
  JournalMeasures measures();

  /** What was written, for worker threads. */
  JournalReads reads();

  /**
   * Writes a consistent copy of the journal while it is in use.
   *
   * @param file must not exist yet
   */
  void backup(Path file);

  /**
   * Writes the queued appends, completes every stage, and closes the store; gives up after 2.5 s
   * when the store does not answer, and leaves it open.
   */
  @Override
  void close();

  /** The consumer of a journal's events; must not block. */
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

    /** The journal is read-only from now on, for this reason. */
    void onFailure(String reason);
  }
}
