package org.lesbillets.server.journal.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.server.journal.Imported;
import org.lesbillets.server.journal.JournalReads;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Paged;
import org.lesbillets.server.journal.RecordedOperation;

/**
 * The reads of a desk. Any thread that may block on the network.
 *
 * <p>etcd compacts what its keys were, not what they are, and an event's key stays what it is. What
 * is asked of a revision that is compacted is found through the keys of events; only the revision
 * before an event's is not known then: in its place stands that of its ticket's event before.
 */
final class EtcdReads implements JournalReads {
  private static final GetOption KEY = GetOption.builder().withKeysOnly(true).build();

  /** Events of a ticket in one read. */
  private static final int SOME = 50;

  private final EtcdDesk desk;
  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final EtcdRecords records;

  EtcdReads(EtcdDesk desk) {
    this.desk = desk;
    this.etcd = desk.etcd();
    this.keys = desk.keys();
    this.records = desk.records();
  }

  @Override
  public Optional<RecordedOperation> operation(AgentName agent, UUID id) {
    return first(etcd.await(etcd.get(keys.operation(agent, id), GetOption.DEFAULT)))
        .map(
            key ->
                new RecordedOperation(
                    records.text(key, EtcdRecords.FINGERPRINT), records.revision(key)));
  }

  private static Optional<KeyValue> first(GetResponse found) {
    return found.getKvs().stream().findFirst();
  }

  /** A read as of a revision; empty if that is compacted away, or not there yet. */
  private Optional<GetResponse> asOf(long revision, ByteSequence key) {
    return answered(etcd.get(key, GetOption.builder().withRevision(revision).build()));
  }

  private <T> Optional<T> answered(CompletableFuture<T> answer) {
    try {
      return Optional.of(etcd.got(answer));
    } catch (ExecutionException e) {
      EtcdTrouble trouble = EtcdTrouble.of(e.getCause());
      if (trouble == EtcdTrouble.COMPACTED || trouble == EtcdTrouble.FUTURE) {
        return Optional.empty();
      }
      throw EtcdTrouble.explained(etcd.address(), e.getCause());
    }
  }

  @Override
  public Optional<SequencedEvent> event(long revision) {
    long asked = revision - records.base();
    if (asked <= 0) {
      return Optional.empty();
    }
    Optional<GetResponse> head = asOf(asked, keys.head());
    Optional<KeyValue> event =
        head.isPresent()
            ? first(head.get())
                .filter(key -> key.getModRevision() == asked)
                .flatMap(key -> first(etcd.await(etcd.get(key.getValue(), GetOption.DEFAULT))))
            : first(etcd.await(etcd.get(keys.events(), created(asked))));
    return event.map(this::placed);
  }

  private static GetOption created(long revision) {
    return GetOption.builder()
        .isPrefix(true)
        .withMinCreateRevision(revision)
        .withMaxCreateRevision(revision)
        .build();
  }

  private SequencedEvent placed(KeyValue event) {
    return placed(List.of(event)).get(0);
  }

  /** The events with the revisions before theirs, which are asked for at once. */
  private List<SequencedEvent> placed(List<KeyValue> events) {
    List<CompletableFuture<GetResponse>> before = new ArrayList<>();
    for (KeyValue event : events) {
      long revision = Math.max(1, event.getCreateRevision() - 1);
      GetOption option = GetOption.builder().withKeysOnly(true).withRevision(revision).build();
      before.add(etcd.get(keys.head(), option));
    }
    List<SequencedEvent> placed = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      KeyValue event = events.get(i);
      placed.add(
          records.event(
              event,
              answered(before.get(i))
                  .map(head -> first(head).map(this::changed).orElse(0L))
                  .orElseGet(() -> EtcdKeys.expectedOf(event.getKey()))));
    }
    return placed;
  }

  private long changed(KeyValue key) {
    return records.base() + key.getModRevision();
  }

  /** What is compacted cannot be read in order, but a snapshot can be had. */
  @Override
  public boolean remembers(ResumePoint point) {
    if (!point.journalId().equals(desk.meta().journalId())) {
      return false;
    }
    long revision = point.revision() - records.base();
    if (point.revision() == 0) {
      return asOf(desk.meta().created(), keys.meta()).isPresent();
    }
    return revision > 0
        && asOf(revision, keys.head())
            .flatMap(EtcdReads::first)
            .filter(head -> head.getModRevision() == revision)
            .isPresent();
  }

  @Override
  public List<SequencedEvent> eventsAfter(long revision, int limit, long maxBytes) {
    long after = Math.max(revision - records.base(), desk.meta().created());
    long last =
        first(etcd.await(etcd.get(keys.head(), KEY))).map(KeyValue::getModRevision).orElse(0L);
    if (last <= after) {
      return List.of();
    }
    List<KeyValue> found = EtcdPage.read(desk, new EtcdPage.Bounds(after, last, limit, maxBytes));
    List<SequencedEvent> events = new ArrayList<>();
    long previous = found.isEmpty() ? 0 : placed(found.get(0)).previousRevision();
    for (KeyValue event : found) {
      events.add(records.event(event, events.isEmpty() ? previous : previous(events)));
    }
    return events;
  }

  private static long previous(List<SequencedEvent> events) {
    return events.get(events.size() - 1).revision();
  }

  @Override
  public Optional<Ticket> ticketAt(TicketId ticket, long revision) {
    if (revision - records.base() <= 0) {
      return Optional.empty();
    }
    GetOption.Builder option = GetOption.builder();
    if (revision != Long.MAX_VALUE) {
      option.withRevision(revision - records.base());
    }
    Optional<TxnResponse> found =
        answered(
            etcd.transaction()
                .Then(
                    Op.get(keys.ticket(ticket), option.build()),
                    Op.get(keys.description(ticket), option.build()))
                .commit());
    if (found.isEmpty()) {
      return fromEvents(ticket, revision);
    }
    Optional<KeyValue> description = first(found.get().getGetResponses().get(1));
    return first(found.get().getGetResponses().get(0))
        .map(key -> records.ticket(key, description.orElse(null)));
  }

  /** The state after the last event up to a revision, with the description of one before it. */
  private Optional<Ticket> fromEvents(TicketId ticket, long revision) {
    Ticket then = null;
    long before = revision == Long.MAX_VALUE ? revision : revision + 1;
    while (true) {
      List<KeyValue> events = newest(ticket, before, SOME);
      for (KeyValue stored : events) {
        Ticket state = records.event(stored, 0).event().ticket();
        then = then == null ? state : then;
        String description = state.content().description();
        if (description != null) {
          return Optional.of(then.withContent(then.content().withDescription(description)));
        }
      }
      if (events.size() < SOME) {
        return Optional.ofNullable(then);
      }
      before = records.revision(events.get(events.size() - 1));
    }
  }

  /** Some events of a ticket below a revision, the newest first. */
  private List<KeyValue> newest(TicketId ticket, long before, int limit) {
    GetOption option =
        GetOption.builder()
            .withRange(keys.event(ticket, before))
            .withSortField(GetOption.SortTarget.KEY)
            .withSortOrder(GetOption.SortOrder.DESCEND)
            .withLimit(limit + 1L)
            .build();
    // The first one may follow an event below the revision, and not be below it itself.
    return etcd.await(etcd.get(keys.events(ticket), option)).getKvs().stream()
        .filter(event -> records.revision(event) < before)
        .limit(limit)
        .toList();
  }

  @Override
  public Paged<SequencedEvent> history(TicketId ticket, Page page) {
    List<KeyValue> some = newest(ticket, page.before(), page.limit() + 1);
    Paged<KeyValue> cut = Paged.cut(some, page, event -> event.getValue().size());
    return new Paged<>(placed(cut.items()), cut.more());
  }

  @Override
  public Optional<Imported> imported(TicketId ticket) {
    return first(etcd.await(etcd.get(keys.event(ticket, 0), GetOption.DEFAULT)))
        .map(first -> new Imported(placed(first), records.comments(first)))
        .filter(imported -> ((TicketCreated) imported.event().event()).imported());
  }

  @Override
  public Paged<Comment> comments(TicketId ticket, Page page) {
    long count =
        first(etcd.await(etcd.get(keys.ticket(ticket), GetOption.DEFAULT)))
            .map(key -> records.ticket(key, null).commentCount())
            .orElse(0L);
    List<Comment> newest = new ArrayList<>();
    long bytes = 0;
    long end = Math.min(page.before(), count + 1);
    while (end > 1 && newest.size() <= page.limit() && bytes <= page.maxBytes()) {
      long from = Math.max(1, end - SOME);
      for (Comment comment : comments(ticket, from, end)) {
        newest.add(comment);
        bytes += comment.text().length();
      }
      end = from;
    }
    return Paged.cut(newest, page, comment -> comment.text().length());
  }

  /** The comments from one id up to another, the newest first. */
  private List<Comment> comments(TicketId ticket, long from, long end) {
    GetOption option = GetOption.builder().withRange(keys.comment(ticket, end)).build();
    List<Comment> comments = new ArrayList<>();
    for (KeyValue key : etcd.await(etcd.get(keys.comment(ticket, from), option)).getKvs()) {
      comments.add(0, records.comment(key));
    }
    if (comments.size() < end - from) {
      // The ones that came with the ticket are in its first event, and have the lowest ids.
      long firstOwn = comments.isEmpty() ? end : comments.get(comments.size() - 1).id();
      first(etcd.await(etcd.get(keys.event(ticket, 0), GetOption.DEFAULT)))
          .ifPresent(
              first -> {
                List<Comment> brought = records.comments(first);
                for (int i = brought.size() - 1; i >= 0; i--) {
                  long id = brought.get(i).id();
                  if (id >= from && id < firstOwn) {
                    comments.add(brought.get(i));
                  }
                }
              });
    }
    return comments;
  }
}
