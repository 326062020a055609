package org.lesbillets.server.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage.RaiseTicket;
import org.lesbillets.server.desk.index.KeyIndex;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.desk.request.IdempotencyCheck;
import org.lesbillets.server.desk.request.JournalLookup;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Paged;

/**
 * The ticket that a raise is about, and the guard of keys: at most one open ticket has a key.
 * Look-up and decision are one step of the desk's thread: a raise is placed on a ticket, and {@link
 * #confirm confirmed} when its turn comes there. While an append is in flight that opens a ticket
 * with a key, raises of that key queue behind it, and other requests that would open a second one
 * are parked. A raise for which the journal has read what it has not delivered yet begins again
 * every 20 ms, for a second at most. Bounded by the desk's bound on unanswered requests.
 */
final class Raises {
  private static final long PAGE_BYTES = WireLimits.PART_BYTES;

  /** Bound on the pages of history that are read for the time a ticket was closed. */
  private static final int PAGES = 100;

  /** Before it is read again what the journal has not delivered yet. */
  static final Duration PAUSE = Duration.ofMillis(20);

  /** Bound on the reads for one raise that teach nothing: for a second. */
  static final int ATTEMPTS = 50;

  /** Bound on the raises that begin again at once. */
  private static final int BATCH = 64;

  private final DeskDependencies with;
  private final Journal journal;
  private final DeskState state;
  private final KeyIndex keys;
  private final IdempotencyCheck idempotency;
  private final JournalLookup lookup;
  private final BiConsumer<TicketId, ChangeRequest> onPlaced;

  /** The tickets with a key that appends in flight open, by key and by ticket. */
  private final Map<String, TicketId> opening = new HashMap<>();

  private final Map<TicketId, String> openingKeys = new HashMap<>();

  /** What waits for the end of such an append. */
  private final Map<String, List<Runnable>> parked = new HashMap<>();

  /** Raises that wait until the journal has delivered what it has read; by time. */
  private final Deque<Behind> behind = new ArrayDeque<>();

  /**
   * @param attempts reads that have taught nothing
   */
  private record Behind(ChangeRequest request, RaiseTicket raise, int attempts, long sinceNanos) {}

  /**
   * @param ticket the one a raise is about; empty if it creates one
   * @param unread tickets of which the journal has to say something first
   */
  private record Place(Optional<TicketId> ticket, List<Ticket> unread) {}

  /**
   * @param onPlaced queues a request on its ticket, whose queue has the place confirmed
   */
  Raises(
      DeskDependencies with,
      DeskState state,
      IdempotencyCheck idempotency,
      BiConsumer<TicketId, ChangeRequest> onPlaced) {
    this.with = with;
    this.journal = with.journal();
    this.state = state;
    this.keys = state.keys();
    this.idempotency = idempotency;
    this.lookup = idempotency.lookup();
    this.onPlaced = onPlaced;
  }

  /** Places a raise on its ticket. */
  void begin(ChangeRequest request, RaiseTicket raise) {
    begin(request, raise, 0);
  }

  private void begin(ChangeRequest request, RaiseTicket raise, int attempts) {
    Place place = place(raise);
    if (place.unread.isEmpty()) {
      onPlaced.accept(
          place.ticket.orElseGet(() -> request.newTicket(with.world()::newId)), request);
    } else {
      long redactions = keys.redactions();
      lookup.read(
          request,
          () -> place.unread.stream().map(this::readUp).toList(),
          learnt -> {
            if (keys.redactions() == redactions) {
              learnt.forEach(Runnable::run);
            }
            if (hasLearnt(place, place(raise))) {
              begin(request, raise);
            } else {
              behind(request, raise, attempts + 1);
            }
          });
    }
  }

  private static boolean hasLearnt(Place before, Place after) {
    return before.unread.stream()
        .noneMatch(one -> after.unread.stream().anyMatch(other -> other.id().equals(one.id())));
  }

  /** The journal has read what it has not delivered yet, and never will if it has failed. */
  private void behind(ChangeRequest request, RaiseTicket raise, int attempts) {
    if (request.requester().isGone()) {
      idempotency.dropped();
    } else if (journal.failure() != null) {
      idempotency.refuse(request, DeskMessages.readOnly(journal.failure()));
    } else if (attempts >= ATTEMPTS) {
      idempotency.refuse(request, DeskMessages.JOURNAL_BEHIND);
    } else {
      behind.add(new Behind(request, raise, attempts, with.time().nanos()));
    }
  }

  /** Begins again what has waited for {@link #PAUSE}. */
  void runDue() {
    for (int i = 0; i < BATCH && !behind.isEmpty() && nanosToNext(1) == 0; i++) {
      Behind next = behind.poll();
      begin(next.request, next.raise, next.attempts);
    }
  }

  /** Nanoseconds until {@link #runDue} has to run, 0 when overdue; at most {@code most}. */
  long nanosToNext(long most) {
    return behind.isEmpty()
        ? most
        : Math.max(
            0, Math.min(most, behind.peek().sinceNanos + PAUSE.toNanos() - with.time().nanos()));
  }

  /**
   * Whether a request that is next on a ticket is still about it, as all but raises are. If not, it
   * will be queued again.
   */
  boolean confirm(TicketId ticket, ChangeRequest request) {
    if (!(request.change() instanceof RaiseTicket raise)) {
      return true;
    }
    Place place = place(raise);
    boolean exists = state.book().find(ticket).isPresent();
    boolean confirmed = place.unread.isEmpty() && place.ticket.map(ticket::equals).orElse(!exists);
    if (!confirmed) {
      lookup.post(() -> begin(request, raise));
    }
    return confirmed;
  }

  private Place place(RaiseTicket raise) {
    Optional<Ticket> open = state.book().findByKey(raise.key());
    if (open.isPresent()) {
      return placed(raise, open.get());
    }
    TicketId soon = opening.get(raise.key());
    if (soon != null) {
      return new Place(Optional.of(soon), List.of());
    }
    KeyIndex.LastClosed last = lastClosed(raise);
    if (!last.unknown().isEmpty()) {
      return new Place(Optional.empty(), last.unknown());
    }
    return last.ticket()
        .map(ticket -> placed(raise, ticket))
        .orElse(new Place(Optional.empty(), List.of()));
  }

  private Place placed(RaiseTicket raise, Ticket ticket) {
    boolean read = raise.text() == null || keys.knowsNewestComment(ticket);
    return new Place(Optional.of(ticket.id()), read ? List.of() : List.of(ticket));
  }

  private KeyIndex.LastClosed lastClosed(RaiseTicket raise) {
    Duration within = raise.reopenWithin();
    return within == null || within.isZero()
        ? KeyIndex.LastClosed.NONE
        : keys.lastClosed(raise.key(), with.time().now().minus(within));
  }

  /** What the journal says of a ticket, to be learnt on the desk's thread. A worker's thread. */
  private Runnable readUp(Ticket ticket) {
    Optional<Instant> closed = ticket.isOpen() ? Optional.empty() : Optional.of(closedAt(ticket));
    Optional<Comment> newest =
        journal.reads().comments(ticket.id(), page(Long.MAX_VALUE, 1)).items().stream().findFirst();
    return () -> {
      closed.ifPresent(at -> keys.learnClosing(ticket, at));
      newest.ifPresent(comment -> keys.learnNewestComment(ticket.id(), comment));
    };
  }

  private static Page page(long before, int limit) {
    return new Page(before, limit, PAGE_BYTES);
  }

  /** Of its last update where the journal has dropped the event. */
  private Instant closedAt(Ticket ticket) {
    long before = Long.MAX_VALUE;
    for (int i = 0; i < PAGES; i++) {
      Paged<SequencedEvent> events =
          journal.reads().history(ticket.id(), page(before, WireLimits.DEFAULT_PAGE_LIMIT));
      for (SequencedEvent event : events.items()) {
        if (closes(event.event())) {
          return event.event().at();
        }
        before = event.revision();
      }
      if (!events.more()) {
        break;
      }
    }
    return ticket.updated().at();
  }

  private static boolean closes(WireEvent event) {
    return event instanceof WireEvent.TicketUpdated updated
        && updated.changes().stream().anyMatch(Raises::closes);
  }

  private static boolean closes(FieldChange change) {
    return change instanceof FieldChange.Replaced replaced
        && replaced.field() == TicketField.STATUS
        && TicketStatus.CLOSED.wireName().equals(replaced.to());
  }

  /**
   * Reserves the key of a ticket that an append is about to open.
   *
   * @param before the ticket before it, or null
   * @param again has the request decided again, when another's append ended
   * @return false if another ticket is being opened under the key: the request is parked
   */
  boolean reserve(Ticket before, Append append, Runnable again) {
    Ticket after = append.event().ticket();
    if (!after.ownsKey() || before != null && before.isOpen()) {
      return true;
    }
    String key = after.content().key();
    TicketId other = opening.putIfAbsent(key, after.id());
    if (other != null && !other.equals(after.id())) {
      parked.computeIfAbsent(key, k -> new ArrayList<>(1)).add(again);
      return false;
    }
    openingKeys.put(after.id(), key);
    return true;
  }

  /** The append on a ticket ended, one way or another. */
  void end(TicketId ticket) {
    String key = openingKeys.remove(ticket);
    if (key != null) {
      opening.remove(key);
      List<Runnable> waiting = parked.remove(key);
      if (waiting != null) {
        waiting.forEach(lookup::post);
      }
    }
  }
}
