package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.LockWait;

/**
 * Who waits for which lock: a line a ticket, first come, first served. Changed by the desk's thread
 * only; anybody may ask how many wait. Bounded by the desk's bound on unanswered requests.
 */
final class WaitingLines {
  private final TimeSource time;
  private final long originNanos;
  private final Map<TicketId, Deque<Waiter>> lines = new HashMap<>();
  private final Map<Requester, Set<Waiter>> byRequester = new HashMap<>();
  private final TreeSet<Waiter> byDeadline =
      new TreeSet<>(
          Comparator.comparingLong(Waiter::deadlineNanos).thenComparingLong(Waiter::ordinal));
  private final Map<TicketId, Integer> counts = new ConcurrentHashMap<>();
  private long ordinals;

  /**
   * A request in line.
   *
   * @param deadlineNanos when its patience is over; Long.MAX_VALUE for never
   */
  private record Waiter(TicketId ticket, ChangeRequest request, long deadlineNanos, long ordinal) {
    boolean isFor(Requester requester, String requestId) {
      return request.requester() == requester && request.change().requestId().equals(requestId);
    }
  }

  WaitingLines(TimeSource time) {
    this.time = time;
    this.originNanos = time.nanos();
  }

  private long elapsedNanos() {
    return time.nanos() - originNanos;
  }

  /** Puts a request at the end of the ticket's line; its patience begins now. */
  void add(TicketId ticket, ChangeRequest request, LockWait patience) {
    Duration most = patience.atMost();
    long deadline = most == null ? Long.MAX_VALUE : elapsedNanos() + most.toNanos();
    Waiter waiter = new Waiter(ticket, request, deadline, ordinals++);
    lines.computeIfAbsent(ticket, id -> new ArrayDeque<>()).addLast(waiter);
    byRequester.computeIfAbsent(request.requester(), who -> new HashSet<>()).add(waiter);
    byDeadline.add(waiter);
    counts.merge(ticket, 1, Integer::sum);
  }

  /** Takes the first of the ticket's line out of it. */
  Optional<ChangeRequest> takeFirst(TicketId ticket) {
    Deque<Waiter> line = lines.get(ticket);
    if (line == null) {
      return Optional.empty();
    }
    Waiter first = line.peekFirst();
    remove(first);
    return Optional.of(first.request);
  }

  /** Takes those out whose patience is over. */
  List<ChangeRequest> takeOverdue() {
    List<ChangeRequest> overdue = new ArrayList<>();
    long now = elapsedNanos();
    while (!byDeadline.isEmpty() && byDeadline.first().deadlineNanos <= now) {
      Waiter waiter = byDeadline.first();
      remove(waiter);
      overdue.add(waiter.request);
    }
    return overdue;
  }

  /** Takes the request out that bears this id, if it waits. */
  Optional<ChangeRequest> take(Requester requester, String requestId) {
    for (Waiter waiter : byRequester.getOrDefault(requester, Set.of())) {
      if (waiter.isFor(requester, requestId)) {
        remove(waiter);
        return Optional.of(waiter.request);
      }
    }
    return Optional.empty();
  }

  /** Takes all requests of somebody out. */
  List<ChangeRequest> takeAll(Requester requester) {
    return takeAll(byRequester.getOrDefault(requester, Set.of()));
  }

  /** Takes everybody out. */
  List<ChangeRequest> takeAll() {
    return takeAll(byDeadline);
  }

  private List<ChangeRequest> takeAll(Iterable<Waiter> waiters) {
    List<Waiter> all = new ArrayList<>();
    waiters.forEach(all::add);
    all.forEach(this::remove);
    return all.stream().map(Waiter::request).toList();
  }

  private void remove(Waiter waiter) {
    Deque<Waiter> line = lines.get(waiter.ticket);
    line.remove(waiter);
    if (line.isEmpty()) {
      lines.remove(waiter.ticket);
    }
    Set<Waiter> own = byRequester.get(waiter.request.requester());
    own.remove(waiter);
    if (own.isEmpty()) {
      byRequester.remove(waiter.request.requester());
    }
    byDeadline.remove(waiter);
    counts.computeIfPresent(waiter.ticket, (id, count) -> count == 1 ? null : count - 1);
  }

  /** How many wait for the ticket's lock. Any thread. */
  int count(TicketId ticket) {
    return counts.getOrDefault(ticket, 0);
  }

  /** How long until somebody's patience is over; at most {@code most}. */
  long nanosToNext(long most) {
    return byDeadline.isEmpty() || byDeadline.first().deadlineNanos == Long.MAX_VALUE
        ? most
        : Math.max(0, Math.min(most, byDeadline.first().deadlineNanos - elapsedNanos()));
  }
}
