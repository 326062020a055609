package org.lesbillets.server.desk;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.desk.queue.LockHandover;
import org.lesbillets.server.desk.queue.TicketChangeQueue;
import org.lesbillets.server.desk.request.ChangeRequest;

/**
 * The queues of the tickets on which something is to be decided, and what is next on each: what
 * time brings, then retries, then the waiters for a free lock, then the others in the order of
 * arrival. The desk's thread; a ticket without requests has no queue.
 */
final class TicketQueues {
  private final TimedEvents timed;
  private final LockHandover handover;
  private final BiConsumer<TicketChangeQueue, ChangeRequest> decide;
  private final Map<TicketId, TicketChangeQueue> queues = new HashMap<>();

  /**
   * @param decide decides on a request that is next: answers it, or begins its append
   */
  TicketQueues(
      TimedEvents timed,
      LockHandover handover,
      BiConsumer<TicketChangeQueue, ChangeRequest> decide) {
    this.timed = timed;
    this.handover = handover;
    this.decide = decide;
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
      decide.accept(queue, next.get());
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
