package org.lesbillets.server.desk;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.queue.LockHandover;
import org.lesbillets.server.desk.queue.TicketChangeQueue;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.work.Slice;

/**
 * The queues of the tickets on which something is to be decided, and what is next on each: what
 * time brings, then retries, then the waiters for a free lock, then the others in the order of
 * arrival. A retry whose conflict the tail has yet to explain waits for that, with backoff, and for
 * 5 s at most. The desk's thread; a ticket without requests has no queue.
 */
final class TicketQueues {
  private final TimedEvents timed;
  private final LockHandover handover;
  private final DeskState state;
  private final Decisions decisions;
  private final Map<TicketId, TicketChangeQueue> queues = new HashMap<>();

  /** When to look at queues that are behind; by time. */
  private final PriorityQueue<Look> looks =
      new PriorityQueue<>((one, other) -> Long.signum(one.nanos - other.nanos));

  private record Look(TicketChangeQueue queue, long nanos) {}

  /** What becomes of requests. */
  interface Decisions {
    /** Decides on a request that is next: answers it, or begins its append. */
    void decide(TicketChangeQueue queue, ChangeRequest request);

    /** Answers a request whose conflict was not explained in time. */
    void unexplained(TicketChangeQueue queue, ChangeRequest request);
  }

  TicketQueues(TimedEvents timed, LockHandover handover, DeskState state, Decisions decisions) {
    this.timed = timed;
    this.handover = handover;
    this.state = state;
    this.decisions = decisions;
  }

  /** Queues a request on its ticket, and advances that queue. */
  void enqueue(TicketId ticket, ChangeRequest request) {
    TicketChangeQueue queue = queue(ticket);
    queue.add(request);
    advance(queue);
  }

  private TicketChangeQueue queue(TicketId ticket) {
    return queues.computeIfAbsent(ticket, TicketChangeQueue::new);
  }

  /** Decides on the queue's requests until it is blocked or empty. */
  void advance(TicketChangeQueue queue) {
    while (!queue.isBlocked() && !timed.begin(queue, this::advance)) {
      Optional<ChangeRequest> next = next(queue);
      if (next.isEmpty()) {
        if (!handover.isUndecided(queue.ticket())) {
          queues.remove(queue.ticket());
        }
        return;
      }
      decisions.decide(queue, next.get());
    }
  }

  void advance(TicketId ticket) {
    advance(queue(ticket));
  }

  void advanceAll(Collection<TicketId> tickets) {
    tickets.forEach(this::advance);
  }

  private Optional<ChangeRequest> next(TicketChangeQueue queue) {
    return queue
        .nextRetry()
        .or(() -> handover.next(queue))
        .or(() -> handover.isUndecided(queue.ticket()) ? Optional.empty() : queue.next());
  }

  /**
   * Has a request whose append lost a race decided again: at once if the ticket has moved since,
   * else when the tail has delivered what it lost to.
   */
  void retry(TicketChangeQueue queue, ChangeRequest request, Outcome.Conflict conflict) {
    boolean ahead = conflict.current() > state.book().revision();
    if (!ahead && state.hasMoved(queue)) {
      queue.retry(request);
      return;
    }
    long now = state.time().nanos();
    long pause = queue.retryLater(request, conflict, ahead ? conflict.current() : 0, now);
    if (queue.isBehind()) {
      looks.add(new Look(queue, now + pause));
    }
  }

  /** Looks at queues that are behind, for one slice. */
  void runDue() {
    Slice slice = new Slice(state.time()::nanos);
    while (nanosToNext(1) == 0 && !slice.isOver()) {
      look(looks.poll().queue);
    }
  }

  /** A look that an event has made superfluous is harmless: it is one retry more. */
  private void look(TicketChangeQueue queue) {
    long now = state.time().nanos();
    if (!queue.isBehind()) {
      return;
    }
    if (now - queue.retriedSince() >= DeskDependencies.DELIVERY.toNanos()) {
      queue.proceed();
      queue.nextRetry().ifPresent(request -> decisions.unexplained(queue, request));
      advance(queue);
    } else if (queue.awaitedRevision() > state.book().revision()) {
      looks.add(new Look(queue, now + TicketChangeQueue.RETRY.toNanos()));
    } else {
      queue.proceed();
      advance(queue);
    }
  }

  /** Nanoseconds until {@link #runDue} has to run, 0 when overdue; at most {@code most}. */
  long nanosToNext(long most) {
    return looks.isEmpty()
        ? most
        : Math.max(0, Math.min(most, looks.peek().nanos - state.time().nanos()));
  }

  /**
   * The journal has delivered an event on a ticket, and the book has applied it.
   *
   * @param awaited whether requests wait for the ticket's lock
   */
  void delivered(TicketId ticket, SequencedEvent event, boolean awaited) {
    TicketChangeQueue queue = awaited ? queue(ticket) : queues.get(ticket);
    if (queue != null) {
      queue.delivered(event);
      advance(queue);
    }
  }

  /** All of them; not to be kept over a change. */
  Collection<TicketChangeQueue> all() {
    return queues.values();
  }
}
