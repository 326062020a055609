package org.lesbillets.server.desk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;

/**
 * The requests on one ticket, in order: at most one append is in flight, the others wait for it.
 * The desk's thread; bounded by the desk's bound on unanswered requests.
 */
final class TicketChangeQueue {
  private final TicketId ticket;
  private final Deque<ChangeRequest> waiting = new ArrayDeque<>();
  private final List<SequencedEvent> delivered = new ArrayList<>(1);
  private boolean appending;
  private long awaitedRevision;
  private ChangeRequest undecided;
  private LockWaitQueue.Waiter called;

  TicketChangeQueue(TicketId ticket) {
    this.ticket = ticket;
  }

  TicketId ticket() {
    return ticket;
  }

  void add(ChangeRequest request) {
    waiting.addLast(request);
  }

  /** Decides {@code request} again, before all others, once {@code revision} was delivered. */
  void again(ChangeRequest request, long revision) {
    undecided = request;
    awaitedRevision = revision;
  }

  /** The request to be decided again, if there is one. */
  Optional<ChangeRequest> nextAgain() {
    Optional<ChangeRequest> request = Optional.ofNullable(undecided);
    undecided = null;
    return request;
  }

  Optional<ChangeRequest> next() {
    return Optional.ofNullable(waiting.pollFirst());
  }

  /** It is now the turn of somebody who waited for the lock. */
  void call(LockWaitQueue.Waiter waiter) {
    called = waiter;
  }

  /** The waiter this request was, if it was called from its line. */
  Optional<LockWaitQueue.Waiter> called(ChangeRequest request) {
    return Optional.ofNullable(called).filter(waiter -> waiter.request() == request);
  }

  /** Takes a request out that would wait for the lock, and has not been looked at yet. */
  Optional<ChangeRequest> withdraw(Requester requester, String requestId) {
    Optional<ChangeRequest> found =
        waiting.stream()
            .filter(ChangeRequest::waits)
            .filter(request -> request.requester() == requester)
            .filter(request -> request.change().requestId().equals(requestId))
            .findFirst();
    found.ifPresent(request -> waiting.removeIf(other -> other == request));
    return found;
  }

  /** Whether the next request has to wait: for the journal's answer, or for what it delivers. */
  boolean isHeld() {
    return appending || awaitedRevision > 0;
  }

  void appendBegins() {
    appending = true;
  }

  /** Keeps what the journal delivers on this ticket until the append in flight is concluded. */
  void delivered(SequencedEvent event) {
    if (appending) {
      delivered.add(event);
    }
    if (event.revision() >= awaitedRevision) {
      awaitedRevision = 0;
    }
  }

  /** The append in flight is concluded; gives the event delivered at {@code revision}, if any. */
  Optional<SequencedEvent> appendEnds(long revision) {
    Optional<SequencedEvent> event =
        delivered.stream().filter(e -> e.revision() == revision).findFirst();
    appendEnds();
    return event;
  }

  /** The append in flight is concluded, and made no event. */
  void appendEnds() {
    delivered.clear();
    appending = false;
  }
}
