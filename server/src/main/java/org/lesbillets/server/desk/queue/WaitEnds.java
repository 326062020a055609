package org.lesbillets.server.desk.queue;

import java.util.Optional;
import java.util.function.Predicate;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.desk.request.IdempotencyCheck;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.work.Slice;
import org.lesbillets.server.world.TimeSource;

/**
 * How waits end in vain, those for locks and those of claims: by timeout, at the requester's wish,
 * with its connection, or because nothing is waited for any more. The desk's thread; bounded as the
 * {@link WaitQueue} is.
 */
public final class WaitEnds {
  private final DeskState state;
  private final TimeSource time;
  private final WaitQueue waits;
  private final IdempotencyCheck idempotency;
  private final Predicate<ChangeRequest> onLeft;

  /** Why nothing is waited for any more, or null. */
  private Decision.Rejected dismissal;

  /**
   * @param onLeft callback when a claim waits no longer, before it is answered; returns whether
   *     another attempt of its operation is being written
   */
  public WaitEnds(DeskState state, IdempotencyCheck idempotency, Predicate<ChangeRequest> onLeft) {
    this.state = state;
    this.time = state.time();
    this.waits = state.waits();
    this.idempotency = idempotency;
    this.onLeft = onLeft;
  }

  /** Answers the requests that waited. */
  public IdempotencyCheck idempotency() {
    return idempotency;
  }

  /** Why no further request may wait, for a lock or a claim; or null. */
  public Decision.Rejected refusal() {
    return dismissal == null && waits.isFull() ? DeskMessages.TOO_MANY_WAIT : dismissal;
  }

  /** Why none waits any more, or null. */
  public Decision.Rejected dismissal() {
    return dismissal;
  }

  /** Ends waits whose time is over, and those that are dismissed, for one slice. */
  public void runDue() {
    Slice slice = new Slice(time::nanos, Slice.LENGTH.dividedBy(2));
    boolean any = endWait();
    while (any && !slice.isOver()) {
      any = endWait();
    }
  }

  private boolean endWait() {
    boolean dismissed = dismissal != null;
    Optional<WaitQueue.Waiter> waiter = dismissed ? waits.removeFirst() : waits.removeOverdue();
    if (dismissed) {
      waiter.ifPresent(one -> refuse(one, dismissal));
    } else {
      waiter.ifPresent(this::inVain);
    }
    return waiter.isPresent();
  }

  /** Nanoseconds until {@link #runDue} has to run, 0 when overdue; at most {@code most}. */
  public long nanosToNext(long most) {
    return dismissal != null && !waits.isEmpty() ? 0 : waits.nanosToNext(most);
  }

  /**
   * Ends one wait at its requester's wish, if there is one.
   *
   * @param queues where the request may still stand behind an append in flight
   */
  public void cancel(Requester requester, String requestId, Iterable<TicketChangeQueue> queues) {
    Optional<WaitQueue.Waiter> waiter = waits.remove(requester, requestId);
    if (waiter.isPresent()) {
      inVain(waiter.get());
      return;
    }
    for (TicketChangeQueue queue : queues) {
      Optional<ChangeRequest> withdrawn = queue.withdraw(requester, requestId);
      if (withdrawn.isPresent()) {
        withdrawn(queue, withdrawn.get());
        return;
      }
    }
  }

  /** Another attempt of it may be the append in flight: then it cannot be refused. */
  private void withdrawn(TicketChangeQueue queue, ChangeRequest request) {
    if (queue.isWriting(request.operation())) {
      idempotency.refuse(request, DeskMessages.STILL_UNCERTAIN);
    } else {
      inVain(queue.ticket(), request);
    }
  }

  private void inVain(WaitQueue.Waiter waiter) {
    if (waiter.goal() instanceof TicketId ticket) {
      inVain(ticket, waiter.request());
    } else {
      refuse(waiter, DeskMessages.CLAIMED_IN_VAIN);
    }
  }

  private void refuse(WaitQueue.Waiter waiter, Decision.Rejected why) {
    boolean written = onLeft.test(waiter.request());
    idempotency.refuse(waiter.request(), written ? DeskMessages.STILL_UNCERTAIN : why);
  }

  /** Answers a wait that ends without the lock, unless the request had its effect before. */
  void inVain(TicketId id, ChangeRequest request) {
    idempotency.refuse(request, DeskMessages.waitedInVain(state.find(id).orElseThrow()));
  }

  /** Drops what a requester waits for whose connection is closed. */
  void disconnected(Requester requester) {
    for (WaitQueue.Waiter waiter : waits.removeAll(requester)) {
      onLeft.test(waiter.request());
      idempotency.dropped();
    }
  }

  /**
   * From now on nothing is waited for: refuses all waiters, a slice at a time, and all later ones.
   */
  public void dismissAll(Decision.Rejected why) {
    dismissal = why;
  }

  /** Whether a request may wait again whose append did not succeed. */
  public boolean mayWaitAgain(ChangeRequest request) {
    return dismissal == null && !request.requester().isGone();
  }
}
