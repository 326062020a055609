package org.lesbillets.server.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;

/**
 * What happened in a run, over all its servers: the entries that became durable, and the laws that
 * each of them has to keep. One thread.
 */
final class History {
  /** What the server's clock counts of each pause. */
  private static final long NOTICED = Scheduler.SECOND / 4;

  /** What changes without the lock. */
  private static final Set<TicketField<?>> FREE =
      Set.of(TicketField.TAGS, TicketField.ATTEMPTS, TicketField.WAKE_AT, TicketField.RAISED);

  private final Scheduler scheduler;
  private final TicketBook book = new TicketBook();
  private final TreeMap<Long, SimulatedDisk.Entry> entries = new TreeMap<>();
  private final Map<Long, Ticket> ticketAfter = new HashMap<>();
  private final Map<UUID, Long> operations = new HashMap<>();
  private final Set<String> comments = new HashSet<>();
  private final Map<TicketId, Long> leaseStart = new HashMap<>();
  private final Map<TicketId, Long> changedAt = new HashMap<>();
  private final List<long[]> pauses = new ArrayList<>();
  private final Set<UUID> refused = new HashSet<>();

  /** Tickets whose last claim was closed by its holder, who keeps the assignment. */
  private final Set<TicketId> closedClaims = new HashSet<>();

  private final Secrets secrets;
  private Listener listener = (entry, before) -> {};

  /** Observer of the history. */
  interface Listener {
    /**
     * @param before the ticket before, or null
     */
    void onDurable(SimulatedDisk.Entry entry, Ticket before);
  }

  History(Scheduler scheduler) {
    this.scheduler = scheduler;
    this.secrets = new Secrets(scheduler);
  }

  Secrets secrets() {
    return secrets;
  }

  void listen(Listener observer) {
    listener = observer;
  }

  TicketBook book() {
    return book;
  }

  long head() {
    return entries.isEmpty() ? 0 : entries.lastKey();
  }

  int size() {
    return entries.size();
  }

  /** The entries after a revision. */
  Iterable<SimulatedDisk.Entry> after(long revision) {
    return entries.tailMap(revision, false).values();
  }

  Optional<SimulatedDisk.Entry> entry(long revision) {
    return Optional.ofNullable(entries.get(revision));
  }

  /** The ticket of the event at a revision, as it was right after it. */
  Ticket ticketAfter(long revision) {
    return ticketAfter.get(revision);
  }

  /** The revision of an operation's event, if it has had its effect. */
  Optional<Long> effect(UUID operation) {
    return Optional.ofNullable(operations.get(operation));
  }

  /** The server does not run from now on, until a time or until it is killed. */
  void paused(long untilNanos) {
    pauses.add(new long[] {scheduler.nanos(), untilNanos});
  }

  /** The server was killed: a pause ends with it. */
  void killed() {
    pauses.forEach(pause -> pause[1] = Math.min(pause[1], scheduler.nanos()));
  }

  /** How much of the time since then the server was paused, in pauses it has to notice. */
  private long pausedSince(long nanos) {
    return pauses.stream()
        .filter(pause -> pause[1] - pause[0] > Scheduler.SECOND)
        .mapToLong(pause -> Math.max(0, pause[1] - Math.max(pause[0], nanos)))
        .sum();
  }

  /** When the present lease on a ticket was granted or renewed. */
  long leaseStart(TicketId ticket) {
    return leaseStart.getOrDefault(ticket, 0L);
  }

  /** When the last event of a ticket became durable. */
  long changedAt(TicketId ticket) {
    return changedAt.getOrDefault(ticket, 0L);
  }

  /** Whether the ticket's assignment is left of a claim that did not come back to the pool. */
  boolean isLostClaim(Ticket ticket) {
    return ticket.isOpen()
        && !ticket.isLocked()
        && ticket.content().assignee() != null
        && !closedClaims.contains(ticket.id());
  }

  /** A client was refused for good: the operation must never have an effect. */
  void refused(UUID operation, String what) {
    check(!operations.containsKey(operation), () -> "refused, but done: " + what);
    refused.add(operation);
  }

  /** An entry is durable now. */
  void durable(SimulatedDisk.Entry entry) {
    SequencedEvent event = entry.event();
    long head = head();
    check(event.revision() > head, () -> "revision " + event.revision() + " follows " + head);
    check(
        event.previousRevision() == head,
        () -> event.previousRevision() + " is no event before " + event.revision());
    Ticket before = book.find(event.event().ticket().id()).orElse(null);
    if (entry.operation() != null) {
      UUID id = entry.operation().id();
      check(operations.put(id, event.revision()) == null, () -> "done twice: " + entry);
      check(!refused.contains(id), () -> "done after its refusal: " + entry);
    }
    new Laws(event, before).check();
    keyIsItsOwn(event.event().ticket());
    changedAt.put(event.event().ticket().id(), scheduler.nanos());
    entries.put(event.revision(), entry);
    book.apply(event);
    ticketAfter.put(event.revision(), book.find(event.event().ticket().id()).orElseThrow());
    secrets.durable(event.event(), event.revision(), ticketAfter.get(event.revision()));
    if (event.event() instanceof WireEvent.TicketLocked) {
      leaseStart.put(event.event().ticket().id(), scheduler.nanos());
    }
    if (scheduler.isTraced()) {
      scheduler.trace("durable " + Describe.event(event));
    }
    listener.onDurable(entry, before);
  }

  private void keyIsItsOwn(Ticket after) {
    Optional<Ticket> open =
        after.ownsKey() ? book.findByKey(after.content().key()) : Optional.empty();
    check(
        open.isEmpty() || open.get().id().equals(after.id()),
        () -> "two open tickets have a key: " + after + " and " + open);
  }

  /** The wall clock of the server's last event. */
  Instant wallClock() {
    return entries.isEmpty() ? Instant.EPOCH : entries.lastEntry().getValue().event().event().at();
  }

  static void check(boolean holds, java.util.function.Supplier<String> otherwise) {
    if (!holds) {
      throw new BrokenInvariantException(otherwise.get());
    }
  }

  /** The laws of one event. */
  private final class Laws implements WireEvent.Visitor<Void> {
    private final SequencedEvent event;
    private final Ticket before;
    private final TicketLock lock;

    Laws(SequencedEvent event, Ticket before) {
      this.event = event;
      this.before = before;
      this.lock = before == null ? null : before.lock();
    }

    void check() {
      event.event().accept(this);
    }

    private void law(boolean holds, String law) {
      History.check(holds, () -> law + ": " + Describe.event(event) + " after " + lock);
    }

    @Override
    public Void onCreated(WireEvent.TicketCreated created) {
      law(before == null, "a ticket is created once");
      law(book.findByNumber(created.ticket().number()).isEmpty(), "a number is given once");
      long raises = created.ticket().content().key() == null ? 0 : 1;
      law(raised(created.ticket()) == raises, "the raise that creates a ticket counts");
      return null;
    }

    @Override
    public Void onLocked(WireEvent.TicketLocked locked) {
      TicketLock now = locked.ticket().lock();
      if (locked.renewed()) {
        law(lock != null && lock.token() == now.token(), "a renewal keeps the token");
        return null;
      }
      law(now.token() == event.revision(), "a token is the revision of its grant");
      law(
          lock == null == (locked.stolenFrom() == null),
          "a lock is granted when it is free, or stolen");
      if (locked.claimed()) {
        law(before.content().assignee() == null, "a claimed ticket was unassigned");
        law(!before.isAsleep(), "a claimed ticket was awake");
        law(before.content().status() == TicketStatus.OPEN, "a claimed ticket was open");
        law(now.holder().equals(locked.ticket().content().assignee()), "a claim assigns");
        closedClaims.remove(before.id());
      }
      if (lock != null) {
        returned(locked.returned(), locked.ticket());
      }
      return null;
    }

    @Override
    public Void onUnlocked(WireEvent.TicketUnlocked unlocked) {
      law(lock != null, "only a lock ends");
      law(unlocked.ticket().lock() == null, "an ended lock is gone");
      if (unlocked.reason() == UnlockReason.EXPIRED) {
        long start = leaseStart(unlocked.ticket().id());
        long lasted = scheduler.nanos() - start - pausedSince(start);
        law(
            lasted + NOTICED >= lock.ttl().toNanos(),
            "a lease ends after its time, not " + lasted / 1e9);
        returned(unlocked.returned(), unlocked.ticket());
        long counted = lock.kind().returns() ? 1 : 0;
        law(
            unlocked.ticket().attempts() == before.attempts() + counted,
            "an expired claim counts as an attempt");
      }
      if (unlocked.reason() == UnlockReason.FORCED) {
        returned(unlocked.returned(), unlocked.ticket());
      }
      return null;
    }

    /** A returning claim that ends without its holder's doing is in the pool again. */
    private void returned(boolean flag, Ticket after) {
      law(flag == lock.kind().returns(), "a returning claim returns, and nothing else does");
      boolean claimants = lock.holder().equals(before.content().assignee());
      if (flag && claimants) {
        law(after.content().assignee() == null, "a returned claim is unassigned");
      }
    }

    @Override
    public Void onUpdated(WireEvent.TicketUpdated updated) {
      boolean own = lock == null || lock.holder().equals(updated.by());
      boolean free = updated.changes().stream().map(FieldChange::field).allMatch(FREE::contains);
      if (updated.by() == null) {
        law(before.isAsleep() && !updated.ticket().isAsleep(), "an event without author wakes");
        law(!before.content().wakeAt().isAfter(updated.at()), "a ticket sleeps until its time");
      }
      raised(updated);
      law(own || free && !updated.unlocked(), "only the holder changes a locked ticket");
      if (lock != null && lock.kind().isClaim() && updated.unlocked()) {
        closedClaims.add(before.id());
      }
      law(
          updated.unlocked() || (lock == null) == (updated.ticket().lock() == null),
          "an update keeps the lock unless it says so");
      return null;
    }

    private void raised(WireEvent.TicketUpdated updated) {
      long more = raised(updated.ticket()) - raised(before);
      law(more == 0 || more == 1, "a raise counts one");
      if (updated.comment() != null) {
        law(more == 1, "only a raise brings its comment along");
        commented(updated.comment());
      }
    }

    private static long raised(Ticket ticket) {
      return ticket.content().get(TicketField.RAISED);
    }

    @Override
    public Void onCommented(WireEvent.TicketCommented commented) {
      commented(commented.comment());
      return null;
    }

    private void commented(Comment comment) {
      law(comments.add(comment.text()), "a comment is made once");
      law(comment.id() == before.commentCount() + 1, "the id of a comment is its ordinal");
    }

    @Override
    public Void onRedacted(WireEvent.TicketRedacted redacted) {
      law(before != null, "what is redacted was there");
      String title = redacted.what().field() == null ? before.content().title() : Redaction.TEXT;
      law(redacted.ticket().content().title().equals(title), "what is redacted is gone");
      return null;
    }

    @Override
    public Void onUnknown(WireEvent.UnknownEvent unknown) {
      law(false, "every event is known");
      return null;
    }
  }
}
