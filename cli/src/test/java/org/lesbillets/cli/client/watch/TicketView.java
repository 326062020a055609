package org.lesbillets.cli.client.watch;

import org.lesbillets.cli.client.watch.EventChain.Applied;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Position;

/**
 * What a client knows of the tickets: a book, the journal it speaks of, and the check that no event
 * was missed. Owned by one thread; bounded by the tickets it holds.
 */
final class TicketView {

  private final EventChain chain;
  private TicketBook book = new TicketBook();

  /**
   * @param filtered whether it is fed by a watch with a query, whose revisions have holes of their
   *     own: then no gap is looked for
   */
  TicketView(boolean filtered) {
    chain = new EventChain(filtered);
  }

  /** Takes a pushed event; before the first snapshot every event is a GAP. */
  Applied apply(EventMessage pushed) {
    Applied applied = chain.step(pushed.event());
    if (applied == Applied.APPLIED) {
      book.apply(pushed.event());
    }
    return applied;
  }

  /** Forgets everything and takes a snapshot. */
  void reset(AllTickets snapshot) {
    TicketBook fresh = new TicketBook();
    snapshot.tickets().forEach(fresh::put);
    fresh.standAt(snapshot.revision());
    book = fresh;
    chain.startAt(new ResumePoint(snapshot.journalId(), snapshot.revision()));
  }

  /** Takes a Position of a filtered watch: the view was told everything up to {@code revision}. */
  void position(long revision) {
    chain.moveTo(new Position(revision));
    ResumePoint point = chain.point();
    if (point != null) {
      book.standAt(point.revision());
    }
  }

  /** Where to go on; null before the first snapshot. */
  ResumePoint resumePoint() {
    return chain.point();
  }

  /** The tickets; to be read only, and asked for again after a {@link #reset}. */
  TicketBook book() {
    return book;
  }
}
