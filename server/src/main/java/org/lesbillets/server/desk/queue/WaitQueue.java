package org.lesbillets.server.desk.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.measure.DeskMeasures;
import org.lesbillets.server.world.TimeSource;

/**
 * Requests that wait: a FIFO queue for each thing that is waited for, indexed by requester, by
 * operation and by deadline. Changed by the desk's thread only; any thread may {@link #count}.
 * Bounded: once it {@link #isFull}, nothing may be added.
 */
public final class WaitQueue {
  private static final Comparator<Waiter> ARRIVAL = Comparator.comparingLong(Waiter::ordinal);

  private final TimeSource time;
  private final long originNanos;
  private final int capacity;
  private final DeskMeasures measures;
  private final Map<Object, TreeSet<Waiter>> byGoal = new HashMap<>();
  private final Map<Requester, TreeSet<Waiter>> byRequester = new HashMap<>();
  private final Map<Operation, TreeSet<Waiter>> byOperation = new HashMap<>();
  private final TreeSet<Waiter> byDeadline =
      new TreeSet<>(Comparator.comparingLong(Waiter::deadlineNanos).thenComparing(ARRIVAL));
  private final Map<TicketId, Integer> counts = new ConcurrentHashMap<>();
  private long ordinals;

  /**
   * A queued request.
   *
   * @param goal what it waits for: a {@link TicketId} for its lock, or the query of a claim
   * @param deadlineNanos when the wait times out; Long.MAX_VALUE for never
   * @param sinceNanos when it began to wait, on the same clock
   * @param ordinal its place: the order of arrival
   */
  public record Waiter(
      Object goal, ChangeRequest request, long deadlineNanos, long sinceNanos, long ordinal) {}

  /**
   * @param capacity bound on the waiters of all queues together
   */
  WaitQueue(TimeSource time, int capacity, DeskMeasures measures) {
    this.time = time;
    this.measures = measures;
    this.capacity = capacity;
    this.originNanos = time.nanos();
  }

  private long elapsedNanos() {
    return time.nanos() - originNanos;
  }

  boolean isFull() {
    return byDeadline.size() >= capacity;
  }

  /** Appends a request to the queue of its goal; its timeout starts now. */
  public Waiter add(Object goal, ChangeRequest request, LockWait wait) {
    Duration most = wait.atMost();
    long now = elapsedNanos();
    long deadline = most == null ? Long.MAX_VALUE : now + most.toNanos();
    Waiter waiter = new Waiter(goal, request, deadline, now, ordinals++);
    put(waiter);
    return waiter;
  }

  /** Puts a waiter that was removed back, at its old place. */
  public void put(Waiter waiter) {
    byGoal.computeIfAbsent(waiter.goal, goal -> new TreeSet<>(ARRIVAL)).add(waiter);
    byRequester
        .computeIfAbsent(waiter.request.requester(), who -> new TreeSet<>(ARRIVAL))
        .add(waiter);
    if (waiter.request.operation() != null) {
      byOperation
          .computeIfAbsent(waiter.request.operation(), operation -> new TreeSet<>(ARRIVAL))
          .add(waiter);
    }
    byDeadline.add(waiter);
    count(waiter, 1);
  }

  private void count(Waiter waiter, int change) {
    if (waiter.goal instanceof TicketId ticket) {
      counts.merge(ticket, change, (old, more) -> old + more == 0 ? null : old + more);
      measures.waitsForLock(change);
    } else {
      measures.waitsForClaim(change);
    }
  }

  /** Those who wait for one thing, in order; not to be kept over a change. */
  public Collection<Waiter> waiters(Object goal) {
    TreeSet<Waiter> waiters = byGoal.get(goal);
    return waiters == null ? List.of() : waiters;
  }

  /** All requests of one requester that wait, in order; not to be kept over a change. */
  public Collection<Waiter> waitersOf(Requester requester) {
    TreeSet<Waiter> waiters = byRequester.get(requester);
    return waiters == null ? List.of() : waiters;
  }

  /** The tickets whose locks a requester waits for. */
  List<TicketId> ticketsOf(Requester requester) {
    return waitersOf(requester).stream()
        .map(Waiter::goal)
        .filter(TicketId.class::isInstance)
        .map(TicketId.class::cast)
        .distinct()
        .toList();
  }

  boolean isEmpty() {
    return byDeadline.isEmpty();
  }

  /** Removes the one that times out first, if that is due. */
  Optional<Waiter> removeOverdue() {
    return nanosToNext(1) > 0 ? Optional.empty() : removeFirst();
  }

  /** Removes the one that times out first. */
  Optional<Waiter> removeFirst() {
    Optional<Waiter> first = byDeadline.stream().findFirst();
    first.ifPresent(this::remove);
    return first;
  }

  /** Removes the request with this id, if it waits. */
  Optional<Waiter> remove(Requester requester, String requestId) {
    return removeFirst(requester, waiting -> waiting.change().requestId().equals(requestId));
  }

  /** Removes this very request, if it waits. */
  Optional<Waiter> remove(ChangeRequest request) {
    return removeFirst(request.requester(), waiting -> waiting == request);
  }

  private Optional<Waiter> removeFirst(Requester requester, Predicate<ChangeRequest> which) {
    Optional<Waiter> found =
        waitersOf(requester).stream().filter(waiter -> which.test(waiter.request)).findFirst();
    found.ifPresent(this::remove);
    return found;
  }

  /** Removes the ticket's waiters with the operation id of {@code request}. */
  List<Waiter> removeRepeats(TicketId ticket, ChangeRequest request) {
    TreeSet<Waiter> repeats =
        request.operation() == null ? null : byOperation.get(request.operation());
    return repeats == null
        ? List.of()
        : removeAll(repeats.stream().filter(waiter -> waiter.goal.equals(ticket)).toList());
  }

  List<Waiter> removeAll(Requester requester) {
    return removeAll(waitersOf(requester));
  }

  private List<Waiter> removeAll(Collection<Waiter> waiters) {
    List<Waiter> all = List.copyOf(waiters);
    all.forEach(this::remove);
    return all;
  }

  /** Whether it waits still. */
  public boolean has(Waiter waiter) {
    return byDeadline.contains(waiter);
  }

  public void remove(Waiter waiter) {
    remove(byGoal, waiter.goal, waiter);
    remove(byRequester, waiter.request.requester(), waiter);
    if (waiter.request.operation() != null) {
      remove(byOperation, waiter.request.operation(), waiter);
    }
    byDeadline.remove(waiter);
    count(waiter, -1);
  }

  private static <K> void remove(Map<K, TreeSet<Waiter>> index, K key, Waiter waiter) {
    TreeSet<Waiter> waiters = index.get(key);
    waiters.remove(waiter);
    if (waiters.isEmpty()) {
      index.remove(key);
    }
  }

  /** The wait of this one was granted. */
  public void granted(Waiter waiter) {
    measures.granted(elapsedNanos() - waiter.sinceNanos);
  }

  /** How many wait for the ticket's lock. Any thread. */
  int count(TicketId ticket) {
    return counts.getOrDefault(ticket, 0);
  }

  /** Nanoseconds until the next timeout, 0 when overdue; at most {@code most}. */
  long nanosToNext(long most) {
    return byDeadline.isEmpty() || byDeadline.first().deadlineNanos == Long.MAX_VALUE
        ? most
        : Math.max(0, Math.min(most, byDeadline.first().deadlineNanos - elapsedNanos()));
  }
}
