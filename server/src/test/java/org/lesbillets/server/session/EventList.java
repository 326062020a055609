package org.lesbillets.server.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Imported;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalMeasures;
import org.lesbillets.server.journal.JournalReads;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Paged;
import org.lesbillets.server.journal.RecordedOperation;

/** A journal to read from: event N creates ticket N. It may forget its beginning. */
final class EventList implements Journal, JournalReads {
  /** Events of a page at most. */
  static final int PAGE = 50;

  private final List<SequencedEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger pagesRead = new AtomicInteger();
  private volatile long forgotten;

  /** How often events were read. */
  int pagesRead() {
    return pagesRead.get();
  }

  SequencedEvent next() {
    Ticket ticket = TicketMaker.ticket(last() + 1).make();
    return add(new WireEvent.TicketCreated(TicketMaker.NOW, new AgentName("alice"), ticket, false));
  }

  SequencedEvent add(WireEvent event) {
    SequencedEvent sequenced = new SequencedEvent(last() + 1, last(), event);
    events.add(sequenced);
    return sequenced;
  }

  /** Has all events of a ticket say what {@code redacted} makes of them. */
  void redact(TicketId ticket, UnaryOperator<Ticket> redacted) {
    events.replaceAll(
        event ->
            event.event().ticket().id().equals(ticket)
                ? event.withEvent(event.event().withTicket(redacted.apply(event.event().ticket())))
                : event);
  }

  void forget(long upTo) {
    forgotten = upTo;
  }

  @Override
  public String journalId() {
    return "list";
  }

  @Override
  public boolean ephemeral() {
    return true;
  }

  @Override
  public CompletionStage<Outcome> append(Append append) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void tail(Listener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Long> head() {
    return CompletableFuture.completedFuture(last());
  }

  private long last() {
    return events.size();
  }

  @Override
  public String failure() {
    return null;
  }

  @Override
  public JournalMeasures measures() {
    return new JournalMeasures();
  }

  @Override
  public void probe(Runnable probe) {
    probe.run();
  }

  @Override
  public void poison(String reason) {
    throw new AssertionError(reason);
  }

  @Override
  public JournalReads reads() {
    return this;
  }

  @Override
  public Optional<RecordedOperation> operation(AgentName agent, UUID id) {
    return Optional.empty();
  }

  @Override
  public Optional<SequencedEvent> event(long revision) {
    return Optional.of(events.get((int) revision - 1));
  }

  @Override
  public boolean remembers(ResumePoint point) {
    return point.journalId().equals("list") && point.revision() >= forgotten;
  }

  @Override
  public List<SequencedEvent> eventsAfter(long revision, int limit, long maxBytes) {
    pagesRead.incrementAndGet();
    int from = (int) Math.max(revision, forgotten);
    return List.copyOf(events.subList(from, Math.min(events.size(), from + Math.min(limit, PAGE))));
  }

  @Override
  public Optional<Ticket> ticketAt(TicketId ticket, long revision) {
    return events.stream()
        .limit(revision)
        .map(event -> event.event().ticket())
        .filter(after -> after.id().equals(ticket))
        .reduce((earlier, later) -> later);
  }

  @Override
  public Paged<Comment> comments(TicketId ticket, Page page) {
    return new Paged<>(List.of(), false);
  }

  @Override
  public Optional<Imported> imported(TicketId ticket) {
    return Optional.empty();
  }

  @Override
  public Paged<SequencedEvent> history(TicketId ticket, Page page) {
    return new Paged<>(List.of(), false);
  }

  @Override
  public void backup(Path file) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
