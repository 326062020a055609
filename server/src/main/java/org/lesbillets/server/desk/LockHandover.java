package org.lesbillets.server.desk;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.Decision;

/**
 * Handover of free locks to waiting requests: who is queued, which waiter is called, and how a wait
 * ends in vain, that of a claim in the {@link ClaimQueue}, too. A lock is handed over only to a
 * peer that is there, so that a dead client does not block the queue (head-of-line blocking) for
 * the length of a lease. The desk's thread; bounded as the {@link WaitQueue} is.
 *
 * <pre>
 *              lock free, peer present               granted
 *   QUEUED ----------------------------> CALLED ---------------> answered
 *     |  ^                                  |
 *     |  +----------------------------------+  another lock was faster
 *     +--- timeout, cancel: TIMEOUT    disconnect: dropped    no more locks: dismissed
 * </pre>
 */
final class LockHandover {
  private final DeskState state;
  private final WaitQueue waits;
  private final IdempotencyCheck idempotency;
  private final PeerProbes probes;
  private final Consumer<ChangeRequest> onLeft;

  /** Free tickets whose next owner depends on the answer of a probed peer. */
  private final Set<TicketId> undecided = new LinkedHashSet<>();

  /** Why no lock is granted any more, or null. */
  private Decision.Rejected dismissal;

  /**
   * @param onLeft callback when a request waits no longer, before it is answered
   */
  LockHandover(
      DeskState state,
      IdempotencyCheck idempotency,
      PeerProbes probes,
      Consumer<ChangeRequest> onLeft) {
    this.state = state;
    this.waits = state.waits();
    this.idempotency = idempotency;
    this.probes = probes;
    this.onLeft = onLeft;
  }

  /** Queues a request for a lock that is held, unless locks are no longer granted. */
  void enqueue(TicketChangeQueue queue, ChangeRequest request) {
    Optional<WaitQueue.Waiter> called = queue.called(request);
    Decision.Rejected refusal = called.isPresent() ? dismissal : refusal();
    if (refusal != null) {
      idempotency.refuse(request, refusal);
    } else if (called.isPresent()) {
      waits.put(called.get());
    } else {
      ClientMessage.LockTicket lock = (ClientMessage.LockTicket) request.change();
      waits.add(queue.ticket(), request, lock.waiting());
      idempotency.whileItWaits(request, waiting -> waits.remove(waiting).isPresent());
    }
  }

  IdempotencyCheck idempotency() {
    return idempotency;
  }

  PeerProbes probes() {
    return probes;
  }

  /** Why no further request may wait, for a lock or a claim; or null. */
  Decision.Rejected refusal() {
    return dismissal == null && waits.isFull() ? DeskMessages.TOO_MANY_WAIT : dismissal;
  }

  /** Why none waits any more, or null. */
  Decision.Rejected dismissal() {
    return dismissal;
  }

  /**
   * The request that gets the lock, if the ticket is free: the first whose peer is present; absent
   * ones keep their places. Empty as long as the ticket {@link #isUndecided}.
   */
  Optional<ChangeRequest> next(TicketChangeQueue queue) {
    TicketId ticket = queue.ticket();
    undecided.remove(ticket);
    boolean free = !state.book().find(ticket).map(Ticket::isLocked).orElse(true);
    Optional<WaitQueue.Waiter> first = free ? firstPresent(ticket) : Optional.empty();
    first.ifPresent(queue::call);
    return first.map(WaitQueue.Waiter::request);
  }

  private Optional<WaitQueue.Waiter> firstPresent(TicketId ticket) {
    PeerProbes.Candidate first = probes.first(waits.waiters(ticket));
    if (first == null) {
      return Optional.empty();
    }
    if (first.presence() == PeerProbes.Presence.ASKED) {
      undecided.add(ticket);
      return Optional.empty();
    }
    waits.remove(first.waiter());
    return Optional.of(first.waiter());
  }

  /** Whether a probe has to end before the lock can be handed over: a second at most. */
  boolean isUndecided(TicketId ticket) {
    return undecided.contains(ticket);
  }

  /** The free tickets whose next owner depends on a probe. */
  List<TicketId> undecided() {
    return List.copyOf(undecided);
  }

  /** The tickets to look at now that {@code requester}'s peer answered a probe. */
  Set<TicketId> affectedBy(Requester requester) {
    Set<TicketId> tickets = new LinkedHashSet<>(undecided);
    tickets.addAll(waits.ticketsOf(requester));
    return tickets;
  }

  /**
   * Answers a granted request, and its repeats in the queue. If no requester is connected any more,
   * the lease ends at once.
   *
   * <p>Presence is read before the answer: a peer may close its connection as soon as it has it.
   */
  void granted(TicketChangeQueue queue, ChangeRequest request, SequencedEvent event) {
    queue.called(request).ifPresent(waits::granted);
    TicketId ticket = event.event().ticket().id();
    boolean present = !request.requester().isGone();
    idempotency.done(request, event, false);
    for (WaitQueue.Waiter repeat : waits.removeRepeats(ticket, request)) {
      present |= !repeat.request().requester().isGone();
      idempotency.done(repeat.request(), event, true);
    }
    if (!present) {
      state.leases().giveUp(ticket, event.revision());
    }
  }

  void timeOut() {
    waits.removeOverdue().forEach(this::inVain);
  }

  /**
   * Ends one wait at its requester's wish, if there is one.
   *
   * @param queues where the request may still stand behind an append in flight
   */
  void cancel(Requester requester, String requestId, Iterable<TicketChangeQueue> queues) {
    Optional<WaitQueue.Waiter> waiter = waits.remove(requester, requestId);
    if (waiter.isPresent()) {
      inVain(waiter.get());
      return;
    }
    for (TicketChangeQueue queue : queues) {
      Optional<ChangeRequest> withdrawn = queue.withdraw(requester, requestId);
      if (withdrawn.isPresent()) {
        inVain(queue.ticket(), withdrawn.get());
        return;
      }
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
    onLeft.accept(waiter.request());
    idempotency.refuse(waiter.request(), why);
  }

  /** Answers a wait that ends without the lock, unless the request had its effect before. */
  private void inVain(TicketId id, ChangeRequest request) {
    idempotency.refuse(request, DeskMessages.waitedInVain(state.find(id).orElseThrow()));
  }

  void disconnected(Requester requester) {
    probes.disconnected(requester);
    for (WaitQueue.Waiter waiter : waits.removeAll(requester)) {
      onLeft.accept(waiter.request());
      idempotency.dropped();
    }
  }

  /** From now on nothing is waited for: refuses all waiters, and all later ones. */
  void dismissAll(Decision.Rejected why) {
    dismissal = why;
    waits.removeAll().forEach(waiter -> refuse(waiter, why));
  }
}
