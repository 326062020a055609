package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.LockWait;

/**
 * Who waits for which lock: a line a ticket, first come, first served. Changed by the desk's thread
 * only; anybody may ask how many wait. Bounded: as soon as it is {@linkplain #isFull full}, nobody
 * is to be added.
 */
final class LockWaitQueue {
  private static final Comparator<Waiter> ARRIVAL = Comparator.comparingLong(Waiter::ordinal);

  private final TimeSource time;
  private final long originNanos;
  private final int most;
  private final Map<TicketId, TreeSet<Waiter>> lines = new HashMap<>();
  private final Map<Requester, TreeSet<Waiter>> byRequester = new HashMap<>();
  private final TreeSet<Waiter> byDeadline =
      new TreeSet<>(Comparator.comparingLong(Waiter::deadlineNanos).thenComparing(ARRIVAL));
  private final Map<TicketId, Integer> counts = new ConcurrentHashMap<>();
  private long ordinals;

  /**
   * A request in line.
   *
   * @param deadlineNanos when its patience is over; Long.MAX_VALUE for never
   * @param ordinal its place: whoever came before has a smaller one
   */
  record Waiter(TicketId ticket, ChangeRequest request, long deadlineNanos, long ordinal) {}

  /**
   * @param most how many may wait, in all lines together
   */
  LockWaitQueue(TimeSource time, int most) {
    this.time = time;
    this.most = most;
    this.originNanos = time.nanos();
  }

  private long elapsedNanos() {
    return time.nanos() - originNanos;
  }

  /** Whether as many wait as may. */
  boolean isFull() {
    return byDeadline.size() >= most;
  }

  /** Puts a request at the end of the ticket's line; its patience begins now. */
  void add(TicketId ticket, ChangeRequest request, LockWait patience) {
    Duration most = patience.atMost();
    long deadline = most == null ? Long.MAX_VALUE : elapsedNanos() + most.toNanos();
    put(new Waiter(ticket, request, deadline, ordinals++));
  }

  /** Puts somebody whose turn came to nothing back where they were. */
  void putBack(Waiter waiter) {
    put(waiter);
  }

  private void put(Waiter waiter) {
    lines.computeIfAbsent(waiter.ticket, id -> new TreeSet<>(ARRIVAL)).add(waiter);
    byRequester
        .computeIfAbsent(waiter.request.requester(), who -> new TreeSet<>(ARRIVAL))
        .add(waiter);
    byDeadline.add(waiter);
    counts.merge(waiter.ticket, 1, Integer::sum);
  }

  /** Those who wait for the ticket, in order; not to be kept over a change. */
  Collection<Waiter> line(TicketId ticket) {
    TreeSet<Waiter> line = lines.get(ticket);
    return line == null ? List.of() : line;
  }

  /** The tickets with waiters. */
  List<TicketId> ticketsOf(Requester requester) {
    return of(requester).stream().map(Waiter::ticket).distinct().toList();
  }

  /** Takes a waiter out of its line. */
  void take(Waiter waiter) {
    remove(waiter);
  }

  /** Takes those out whose patience is over. */
  List<Waiter> takeOverdue() {
    List<Waiter> overdue = new ArrayList<>();
    long now = elapsedNanos();
    while (!byDeadline.isEmpty() && byDeadline.first().deadlineNanos <= now) {
      Waiter waiter = byDeadline.first();
      remove(waiter);
      overdue.add(waiter);
    }
    return overdue;
  }

  /** Takes the request out that bears this id, if it waits. */
  Optional<Waiter> take(Requester requester, String requestId) {
    Optional<Waiter> found =
        of(requester).stream()
            .filter(waiter -> waiter.request.change().requestId().equals(requestId))
            .findFirst();
    found.ifPresent(this::remove);
    return found;
  }

  /** Takes this very request out; whether it waited. */
  boolean take(ChangeRequest request) {
    Optional<Waiter> found =
        of(request.requester()).stream().filter(waiter -> waiter.request == request).findFirst();
    found.ifPresent(this::remove);
    return found.isPresent();
  }

  /** Takes out of the ticket's line who waits there under the operation of {@code request}. */
  List<Waiter> takeRepeats(TicketId ticket, ChangeRequest request) {
    TreeSet<Waiter> line = lines.get(ticket);
    return line == null || request.operation() == null
        ? List.of()
        : takeAll(
            line.stream()
                .filter(waiter -> request.operation().equals(waiter.request.operation()))
                .toList());
  }

  private Collection<Waiter> of(Requester requester) {
    TreeSet<Waiter> own = byRequester.get(requester);
    return own == null ? List.of() : own;
  }

  /** Takes all requests of somebody out. */
  List<Waiter> takeAll(Requester requester) {
    return takeAll(of(requester));
  }

  /** Takes everybody out. */
  List<Waiter> takeAll() {
    return takeAll(byDeadline);
  }

  private List<Waiter> takeAll(Collection<Waiter> waiters) {
    List<Waiter> all = List.copyOf(waiters);
    all.forEach(this::remove);
    return all;
  }

  private void remove(Waiter waiter) {
    leave(lines, waiter.ticket, waiter);
    leave(byRequester, waiter.request.requester(), waiter);
    byDeadline.remove(waiter);
    counts.computeIfPresent(waiter.ticket, (id, count) -> count == 1 ? null : count - 1);
  }

  private static <K> void leave(Map<K, TreeSet<Waiter>> lines, K key, Waiter waiter) {
    TreeSet<Waiter> line = lines.get(key);
    line.remove(waiter);
    if (line.isEmpty()) {
      lines.remove(key);
    }
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
