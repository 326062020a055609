package org.lesbillets.server.desk.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;

/**
 * The FIFO queue of requests on one ticket (per-key serialization): at most one append is in
 * flight, the others wait for it. The desk's thread; bounded by the desk's bound on unanswered
 * requests.
 *
 * <pre>
 *           beginAppend                endAppend
 *   READY ---------------> APPENDING -------------> READY
 *     ^                        | endAppend, retry: lost the race
 *     |                        v
 *     +--- delivered ------ BEHIND   until an event on the ticket comes; then the retry is first
 *     +--- proceed ------------+
 * </pre>
 */
public final class TicketChangeQueue {
  /** When a failed append is tried again. */
  public static final Duration RETRY = Duration.ofMillis(200);

  /** Doubled with each retry without progress; there is none before the first. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  private static final int DOUBLINGS = 6;

  private final TicketId ticket;
  private final Deque<ChangeRequest> requests = new ArrayDeque<>();
  private final List<SequencedEvent> delivered = new ArrayList<>(1);
  private boolean appending;
  private boolean behind;
  private long awaitedRevision;
  private long expected;
  private int retries;
  private long retriedSince;
  private ChangeRequest retry;
  private Outcome.Conflict conflict;
  private WaitQueue.Waiter called;

  /** The request whose append is under way, or was the last; and whether its wait was ended. */
  private ChangeRequest current;

  private boolean cancelled;

  public TicketChangeQueue(TicketId ticket) {
    this.ticket = ticket;
  }

  public TicketId ticket() {
    return ticket;
  }

  public void add(ChangeRequest request) {
    requests.addLast(request);
  }

  /** Has {@code request} decided once more, before all others: what it expected was outdated. */
  public void retry(ChangeRequest request) {
    retry = request;
  }

  /**
   * The same, once an event on the ticket is delivered, or at {@link #proceed}. Without progress it
   * takes longer each time (backoff).
   *
   * @param revision that must be delivered first; 0 if it is not known which
   * @param nanos the time now
   * @return nanoseconds from now until it should proceed at the latest
   */
  public long retryLater(ChangeRequest request, Outcome.Conflict why, long revision, long nanos) {
    if (retries == 0) {
      retriedSince = nanos;
    }
    retry = request;
    conflict = why;
    awaitedRevision = revision;
    behind = revision > 0 || retries > 0;
    long pause = PAUSE.toNanos() << Math.min(retries, DOUBLINGS);
    retries++;
    return behind ? pause : 0;
  }

  /** Whether a retry waits for an event. */
  public boolean isBehind() {
    return behind;
  }

  /** The revision whose delivery a retry waits for; 0 if it is not known which. */
  public long awaitedRevision() {
    return awaitedRevision;
  }

  /** Since when, in nanoseconds, no event on the ticket was delivered to a retry. */
  public long retriedSince() {
    return retriedSince;
  }

  /** The last conflict that was retried. */
  public Outcome.Conflict conflict() {
    return conflict;
  }

  /** Waits no longer: the retry is next. */
  public void proceed() {
    behind = false;
    awaitedRevision = 0;
  }

  /** The revision that the last append expected. */
  long expected() {
    return expected;
  }

  public Optional<ChangeRequest> nextRetry() {
    Optional<ChangeRequest> request = Optional.ofNullable(retry);
    retry = null;
    return request;
  }

  public Optional<ChangeRequest> next() {
    return Optional.ofNullable(requests.pollFirst());
  }

  /** Notes a waiter that was taken out of the wait queue because the lock is free. */
  void call(WaitQueue.Waiter waiter) {
    called = waiter;
  }

  /** The waiter this request was, if it was called from the wait queue. */
  Optional<WaitQueue.Waiter> called(ChangeRequest request) {
    return Optional.ofNullable(called).filter(waiter -> waiter.request() == request);
  }

  /**
   * Removes a request that would wait for the lock, and has not been decided yet. One whose append
   * is under way will not wait any more.
   */
  Optional<ChangeRequest> withdraw(Requester requester, String requestId) {
    cancelled |= current != null && waits(current, requester, requestId);
    Optional<ChangeRequest> found =
        requests.stream().filter(one -> waits(one, requester, requestId)).findFirst();
    found.ifPresent(request -> requests.removeIf(other -> other == request));
    return found;
  }

  private static boolean waits(ChangeRequest request, Requester requester, String requestId) {
    return request.waitsForLock()
        && request.requester() == requester
        && request.change().requestId().equals(requestId);
  }

  /** Whether the wait of this request was ended during its append. */
  boolean isCancelled(ChangeRequest request) {
    return cancelled && current == request;
  }

  /** Whether the append in flight is of an operation. */
  boolean isWriting(Operation operation) {
    return appending
        && current != null
        && operation != null
        && operation.equals(current.operation());
  }

  /** Whether the next request cannot be decided yet: APPENDING or BEHIND. */
  public boolean isBlocked() {
    return appending || behind;
  }

  /**
   * @param request null for an event that time brings
   * @param expected revision of the append
   */
  public void beginAppend(ChangeRequest request, long expected) {
    this.expected = expected;
    cancelled &= current == request;
    current = request;
    appending = true;
  }

  /** Keeps an event on this ticket until the append in flight ends. */
  public void delivered(SequencedEvent event) {
    retries = 0;
    if (appending) {
      delivered.add(event);
    }
    if (event.revision() >= awaitedRevision) {
      proceed();
    }
  }

  /** Ends the append in flight; returns the events on this ticket delivered during it. */
  public List<SequencedEvent> endAppend() {
    appending = false;
    List<SequencedEvent> during = List.copyOf(delivered);
    delivered.clear();
    return during;
  }

  /** The event of an append, if it is among those delivered during it. */
  public static Optional<SequencedEvent> written(
      List<SequencedEvent> delivered, Outcome.Appended outcome) {
    return delivered.stream().filter(one -> one.revision() == outcome.revision()).findFirst();
  }
}
