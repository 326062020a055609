package org.lesbillets.server.journal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;

/** A listener that folds what it hears, and waits for each append. */
public final class Tailed implements Journal.Listener {
  private final Journal journal;
  private final TicketBook book = new TicketBook();
  private final List<SequencedEvent> events = new CopyOnWriteArrayList<>();
  private volatile String failure;

  private Tailed(Journal journal) {
    this.journal = journal;
  }

  public static Tailed of(Journal journal) {
    Tailed tailed = new Tailed(journal);
    journal.tail(tailed);
    return tailed;
  }

  @Override
  public synchronized void onSnapshot(Iterable<Ticket> tickets, long revision) {
    tickets.forEach(book::put);
    book.standAt(revision);
  }

  @Override
  public synchronized void onEvent(SequencedEvent event) {
    book.apply(event);
    events.add(event);
  }

  @Override
  public void onFailure(String reason) {
    failure = reason;
  }

  public Outcome append(Append append) {
    return journal.append(append).toCompletableFuture().join();
  }

  /** Appends, and gives the ticket as the book has it then. */
  public Ticket ticketAfter(Append append) {
    Outcome outcome = append(append);
    if (!(outcome instanceof Outcome.Appended)) {
      throw new AssertionError("not appended but " + outcome);
    }
    return ticket(append.ticket());
  }

  public synchronized Ticket ticket(TicketId id) {
    return book.find(id).orElseThrow();
  }

  public synchronized TicketBook book() {
    return book;
  }

  public List<SequencedEvent> events() {
    return events;
  }

  public String failure() {
    return failure;
  }
}
