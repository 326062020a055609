package org.lesbillets.server.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Imported;
import org.lesbillets.server.journal.JournalReads;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Paged;
import org.lesbillets.server.journal.RecordedOperation;

/**
 * What a journal knows, the plain way: a fold for the writer, who sees what it has written, and a
 * list for readers, who see what is committed. One thread.
 */
final class JournalModel implements JournalReads {
  private final String journalId;
  private final TicketBook book = new TicketBook();
  private final Map<String, RecordedOperation> written = new HashMap<>();
  private final Map<String, RecordedOperation> committedOperations = new HashMap<>();
  private final TreeMap<Long, SimulatedDisk.Entry> committed = new TreeMap<>();
  private final List<SimulatedDisk.Entry> uncommitted = new ArrayList<>();
  private long lastNumber;

  JournalModel(String journalId, List<SimulatedDisk.Entry> found) {
    this.journalId = journalId;
    found.forEach(this::add);
    commit();
  }

  private static String key(AgentName agent, UUID id) {
    return agent + " " + id;
  }

  void add(SimulatedDisk.Entry entry) {
    book.apply(entry.event());
    lastNumber = Math.max(lastNumber, entry.event().event().ticket().number());
    uncommitted.add(entry);
    note(entry);
  }

  void commit() {
    for (SimulatedDisk.Entry entry : uncommitted) {
      redact(entry);
      committed.put(entry.revision(), entry);
    }
    uncommitted.clear();
    committedOperations.putAll(written);
  }

  private void redact(SimulatedDisk.Entry by) {
    Redaction what = by.redacts();
    if (what != null) {
      for (SequencedEvent event : of(by.event().event().ticket().id(), by.revision())) {
        SimulatedDisk.Entry without = committed.get(event.revision()).without(what);
        committed.put(event.revision(), without);
        note(without);
      }
    }
  }

  private void note(SimulatedDisk.Entry entry) {
    Operation operation = entry.operation();
    if (operation != null) {
      written.put(
          key(operation.agent(), operation.id()),
          new RecordedOperation(operation.fingerprint(), entry.revision()));
    }
  }

  /** Whether a ticket has this comment, committed or not. */
  boolean hasComment(TicketId ticket, long comment) {
    return Stream.concat(committed.values().stream(), uncommitted.stream())
        .map(entry -> entry.event().event())
        .anyMatch(
            event ->
                event.ticket().id().equals(ticket)
                    && event.comment() != null
                    && event.comment().id() == comment);
  }

  long head() {
    return committed.isEmpty() ? 0 : committed.lastKey();
  }

  Optional<Ticket> find(TicketId id) {
    return book.find(id);
  }

  List<Ticket> tickets() {
    return book.tickets();
  }

  /** The number of a new ticket: the wanted one, if it is free. */
  long freeNumber(Append append) {
    long wanted = append.event().ticket().number();
    return wanted > 0 && book.findByNumber(wanted).isEmpty() ? wanted : lastNumber + 1;
  }

  /** The effect of an operation that was written, committed or not. */
  Optional<RecordedOperation> written(AgentName agent, UUID id) {
    return Optional.ofNullable(written.get(key(agent, id)));
  }

  @Override
  public Optional<RecordedOperation> operation(AgentName agent, UUID id) {
    return Optional.ofNullable(committedOperations.get(key(agent, id)));
  }

  @Override
  public Optional<SequencedEvent> event(long revision) {
    return Optional.ofNullable(committed.get(revision)).map(SimulatedDisk.Entry::event);
  }

  @Override
  public boolean remembers(ResumePoint point) {
    return point.journalId().equals(journalId)
        && (point.revision() == 0 || committed.containsKey(point.revision()));
  }

  @Override
  public List<SequencedEvent> eventsAfter(long revision, int limit, long maxBytes) {
    return committed.tailMap(revision, false).values().stream()
        .limit(limit)
        .map(SimulatedDisk.Entry::event)
        .toList();
  }

  private List<SequencedEvent> of(TicketId ticket, long before) {
    List<SequencedEvent> newestFirst = new ArrayList<>();
    for (SimulatedDisk.Entry entry : committed.headMap(before, false).descendingMap().values()) {
      if (entry.event().event().ticket().id().equals(ticket)) {
        newestFirst.add(entry.event());
      }
    }
    return newestFirst;
  }

  @Override
  public Optional<Ticket> ticketAt(TicketId ticket, long revision) {
    List<SequencedEvent> newestFirst = of(ticket, revision + 1);
    TicketBook fold = new TicketBook();
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      fold.apply(newestFirst.get(i));
    }
    return fold.find(ticket);
  }

  @Override
  public Paged<Comment> comments(TicketId ticket, Page page) {
    List<Comment> comments = new ArrayList<>();
    for (SimulatedDisk.Entry entry : committed.descendingMap().values()) {
      WireEvent event = entry.event().event();
      if (event.ticket().id().equals(ticket)) {
        if (event.comment() != null) {
          comments.add(event.comment());
        }
        comments.addAll(entry.comments());
      }
    }
    comments.removeIf(comment -> comment.id() >= page.before());
    return Paged.cut(comments, page, comment -> comment.text().length());
  }

  @Override
  public Optional<Imported> imported(TicketId ticket) {
    return Optional.empty();
  }

  @Override
  public Paged<SequencedEvent> history(TicketId ticket, Page page) {
    return Paged.cut(of(ticket, page.before()), page, event -> 512);
  }
}
