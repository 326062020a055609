package org.lesbillets.server.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.event.WireEvent.TicketRedacted;

/**
 * The records of an in-memory journal. Any thread; one monitor guards all of it. Holds all tickets,
 * comments and operations that create, the last events up to a bound, and the other operations of
 * one day.
 */
final class MemoryRecords implements JournalReads {
  private static final long OPERATION_MEMORY_NANOS = Duration.ofHours(24).toNanos();

  private final String journalId;
  private final int eventMemory;
  private final TicketBook book = new TicketBook();

  /** The fold of the events that were dropped. */
  private final TicketBook forgotten = new TicketBook();

  private final TreeMap<Long, SequencedEvent> events = new TreeMap<>();
  private final Map<TicketId, TreeMap<Long, SequencedEvent>> histories = new HashMap<>();
  private final Map<TicketId, TreeMap<Long, Comment>> comments = new HashMap<>();
  private final Map<TicketId, Imported> imports = new HashMap<>();
  private final Map<OperationKey, Remembered> creates = new HashMap<>();
  private final LinkedHashMap<OperationKey, Remembered> changes = new LinkedHashMap<>();
  private long lastNumber;

  private record OperationKey(AgentName agent, UUID id) {}

  private record Remembered(RecordedOperation recorded, long atNanos) {}

  /**
   * @param eventMemory bound on the events kept, 1 or more
   */
  MemoryRecords(String journalId, int eventMemory) {
    this.journalId = journalId;
    this.eventMemory = eventMemory;
  }

  /** The outcome of an append without effect; empty if it can be {@linkplain #take taken}. */
  synchronized Optional<Outcome> objection(Append append) {
    Operation operation = append.operation();
    Optional<RecordedOperation> recorded =
        operation == null ? Optional.empty() : operation(operation.agent(), operation.id());
    if (recorded.isPresent()) {
      return Optional.of(new Outcome.Repeated(recorded.get()));
    }
    long current = book.find(append.ticket()).map(Ticket::revision).orElse(0L);
    if (current != append.expectedRevision()) {
      return Optional.of(new Outcome.Conflict(current));
    }
    if (append.event() instanceof TicketRedacted redacted
        && redacted.what().comment() != null
        && !comments
            .getOrDefault(append.ticket(), new TreeMap<>())
            .containsKey(redacted.what().comment())) {
      return Optional.of(new Outcome.Missing(Outcome.Missing.What.COMMENT));
    }
    return number(append) > WireLimits.MAX_NUMBER
        ? Optional.of(new Outcome.Missing(Outcome.Missing.What.NUMBER))
        : Optional.empty();
  }

  /**
   * Records an append without {@link #objection}.
   *
   * @param nanos monotonic time by which idempotency keys expire
   */
  synchronized SequencedEvent take(Append append, long nanos) {
    long number = number(append);
    lastNumber = Math.max(lastNumber, number);
    long previous = book.revision();
    SequencedEvent event = EventSealer.seal(append.event(), number, previous + 1, previous);
    if (event.event() instanceof TicketRedacted redacted) {
      redact(event.event().ticket().id(), redacted.what());
    }
    keep(event);
    if (event.event() instanceof TicketCreated created) {
      keepComments(append.ticket(), append.comments());
      if (created.imported()) {
        imports.put(append.ticket(), new Imported(event, append.comments()));
      }
    }
    remember(append.operation(), event.revision(), nanos);
    return event;
  }

  /** The ticket's number: the present one, the wanted one if it is free, or the next. */
  private long number(Append append) {
    long wanted = append.event().ticket().number();
    return book.find(append.ticket())
        .map(Ticket::number)
        .orElseGet(() -> isFree(wanted) ? wanted : lastNumber + 1);
  }

  private boolean isFree(long wanted) {
    return wanted > 0 && wanted <= WireLimits.MAX_NUMBER && book.findByNumber(wanted).isEmpty();
  }

  private void keep(SequencedEvent event) {
    WireEvent fact = event.event();
    TicketId ticket = fact.ticket().id();
    book.apply(event);
    events.put(event.revision(), event);
    histories.computeIfAbsent(ticket, t -> new TreeMap<>()).put(event.revision(), event);
    if (fact.comment() != null) {
      keepComments(ticket, List.of(fact.comment()));
    }
    if (events.size() > eventMemory) {
      SequencedEvent oldest = events.pollFirstEntry().getValue();
      histories.get(oldest.event().ticket().id()).remove(oldest.revision());
      forgotten.apply(oldest);
    }
  }

  /** Rewrites all that is kept of a ticket. */
  private void redact(TicketId ticket, Redaction what) {
    TreeMap<Long, SequencedEvent> history = histories.getOrDefault(ticket, new TreeMap<>());
    history.replaceAll((revision, event) -> event.withEvent(what.of(event.event())));
    events.putAll(history);
    comments.getOrDefault(ticket, new TreeMap<>()).replaceAll((id, comment) -> what.of(comment));
    imports.computeIfPresent(
        ticket,
        (id, imported) ->
            new Imported(
                imported.event().withEvent(what.of(imported.event().event())),
                imported.comments().stream().map(what::of).toList()));
    forgotten.find(ticket).ifPresent(old -> forgotten.put(what.of(old)));
    for (Map<OperationKey, Remembered> operations : List.of(creates, changes)) {
      operations.replaceAll(
          (key, one) ->
              history.containsKey(one.recorded().revision())
                  ? new Remembered(
                      new RecordedOperation(RecordedOperation.REDACTED, one.recorded().revision()),
                      one.atNanos())
                  : one);
    }
  }

  /** Kept as long as the ticket, even when their event is dropped. */
  private void keepComments(TicketId ticket, List<Comment> some) {
    TreeMap<Long, Comment> ofTicket = comments.computeIfAbsent(ticket, t -> new TreeMap<>());
    some.forEach(comment -> ofTicket.put(comment.id(), comment));
  }

  private void remember(Operation operation, long revision, long nanos) {
    forget(nanos - OPERATION_MEMORY_NANOS);
    if (operation != null) {
      (operation.forEver() ? creates : changes)
          .put(
              new OperationKey(operation.agent(), operation.id()),
              new Remembered(new RecordedOperation(operation.fingerprint(), revision), nanos));
    }
  }

  private void forget(long horizonNanos) {
    Iterator<Remembered> oldest = changes.values().iterator();
    while (oldest.hasNext() && oldest.next().atNanos() - horizonNanos < 0) {
      oldest.remove();
    }
  }

  @Override
  public synchronized Optional<RecordedOperation> operation(AgentName agent, UUID id) {
    OperationKey key = new OperationKey(agent, id);
    return Optional.ofNullable(creates.getOrDefault(key, changes.get(key)))
        .map(Remembered::recorded);
  }

  synchronized List<Ticket> tickets() {
    return book.tickets();
  }

  @Override
  public synchronized Optional<SequencedEvent> event(long revision) {
    return Optional.ofNullable(events.get(revision));
  }

  @Override
  public synchronized boolean remembers(ResumePoint point) {
    return point.journalId().equals(journalId)
        && (point.revision() == forgotten.revision() || events.containsKey(point.revision()));
  }

  @Override
  public synchronized List<SequencedEvent> eventsAfter(long revision, int limit, long maxBytes) {
    return Paged.cut(
            events.tailMap(revision, false).values(),
            new Page(Long.MAX_VALUE, limit, maxBytes),
            MemoryRecords::size)
        .items();
  }

  @Override
  public synchronized Optional<Ticket> ticketAt(TicketId ticket, long revision) {
    Map.Entry<Long, SequencedEvent> last =
        histories.getOrDefault(ticket, new TreeMap<>()).floorEntry(revision);
    Optional<Ticket> base = forgotten.find(ticket);
    if (last == null) {
      return base.filter(old -> old.revision() <= revision);
    }
    Ticket ticketThen = last.getValue().event().ticket();
    SequencedEvent written = events.get(ticketThen.changedRevision());
    String description =
        written == null
            ? base.orElseThrow().content().description()
            : written.event().ticket().content().description();
    return Optional.of(ticketThen.withContent(ticketThen.content().withDescription(description)));
  }

  @Override
  public synchronized Paged<Comment> comments(TicketId ticket, Page page) {
    return newest(comments.get(ticket), page, comment -> comment.text().length());
  }

  @Override
  public synchronized Optional<Imported> imported(TicketId ticket) {
    return Optional.ofNullable(imports.get(ticket));
  }

  @Override
  public synchronized Paged<SequencedEvent> history(TicketId ticket, Page page) {
    return newest(histories.get(ticket), page, MemoryRecords::size);
  }

  private static <T> Paged<T> newest(TreeMap<Long, T> all, Page page, ToLongFunction<T> size) {
    Map<Long, T> before =
        all == null ? Map.of() : all.headMap(page.before(), false).descendingMap();
    return Paged.cut(before.values(), page, size);
  }

  /** Estimated size on the wire: 512 bytes, and the texts. */
  private static long size(SequencedEvent event) {
    String description = event.event().ticket().content().description();
    long text = description == null ? 0 : description.length();
    Comment comment = event.event().comment();
    return 512 + text + (comment == null ? 0 : comment.text().length());
  }
}
