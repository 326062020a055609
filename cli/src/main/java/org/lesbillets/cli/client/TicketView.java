package org.lesbillets.cli.client;

import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * What a client knows of the tickets: a book, the journal it speaks of, and the check that no event
 * was missed. Owned by one thread; bounded by the tickets it holds.
 */
public final class TicketView {

  /** What became of a pushed event. */
  public enum Applied {
    APPLIED,
    /** The view had it already; nothing changed. */
    DUPLICATE,
    /** One before it is missing; nothing changed, ask again with {@link #resumePoint}. */
    GAP
  }

  /**
   * @param filtered whether it is fed by a watch with a query, whose revisions have holes of their
   *     own: then no gap is looked for
   */
  public TicketView(boolean filtered) {
    throw new UnsupportedOperationException(Boolean.toString(filtered));
  }

  /** Takes a pushed event. */
  public Applied apply(EventMessage pushed) {
    throw new UnsupportedOperationException();
  }

  /** Forgets everything and takes a snapshot. */
  public void reset(TicketSnapshot snapshot) {
    throw new UnsupportedOperationException();
  }

  /** Takes a Position: the view has been told everything up to {@code revision}. */
  public void position(long revision) {
    throw new UnsupportedOperationException();
  }

  /** Where to go on; null before the first snapshot. */
  public ResumePoint resumePoint() {
    throw new UnsupportedOperationException();
  }

  /** The tickets; to be read only. */
  public TicketBook book() {
    throw new UnsupportedOperationException();
  }
}
