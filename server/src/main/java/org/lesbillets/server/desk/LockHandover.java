package org.lesbillets.server.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.work.Slice;
import org.lesbillets.server.world.TimeSource;

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
  private final TimeSource time;
  private final WaitQueue waits;
  private final IdempotencyCheck idempotency;
  private final PeerProbes probes;
  private final Consumer<ChangeRequest> onLeft;

  /** Free tickets whose next owner depends on the answer of a probed peer. */
  private final Set<TicketId> undecided = new LinkedHashSet<>();

  /** Free tickets whose locks are handed over later, and when; by time. */
  private final Map<TicketId, Long> paused = new LinkedHashMap<>();

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
    this.time = state.time();
    this.waits = state.waits();
    this.idempotency = idempotency;
    this.probes = probes;
    this.onLeft = onLeft;
  }

  /** Queues a request for a lock that is held, unless locks are no longer granted. */
  void enqueue(TicketChangeQueue queue, ChangeRequest request) {
    Optional<WaitQueue.Waiter> called = queue.called(request);
    Decision.Rejected refusal = called.isPresent() ? dismissal : refusal();
    if (queue.isCancelled(request)) {
      inVain(queue.ticket(), request);
    } else if (refusal != null) {
      idempotency.refuse(request, refusal);
    } else if (called.isPresent()) {
      waits.put(called.get());
    } else {
      ClientMessage.LockTicket lock = (ClientMessage.LockTicket) request.change();
      WaitQueue.Waiter waiter = waits.add(queue.ticket(), request, lock.waiting());
      idempotency.whileItWaits(request, () -> waits.has(waiter), () -> waits.remove(waiter));
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
    if (paused.containsKey(ticket)) {
      undecided.add(ticket);
      return Optional.empty();
    }
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
   * Answers a request that had its effect, and its repeats that wait: one of a claim, those of a
   * lock in the queue. If it waited, and no requester is connected any more, the lease ends at
   * once.
   *
   * <p>Presence is read before the answer: a peer may close its connection as soon as it has it.
   */
  void done(
      TicketChangeQueue queue,
      ChangeRequest request,
      SequencedEvent event,
      Optional<ChangeRequest> claim) {
    queue.called(request).ifPresent(waits::granted);
    boolean present = !request.requester().isGone() || !request.waits() && claim.isEmpty();
    idempotency.done(request, event, false);
    List<ChangeRequest> repeats = claim.stream().collect(Collectors.toCollection(ArrayList::new));
    if (request.waitsForLock()) {
      waits.removeRepeats(queue.ticket(), request).forEach(one -> repeats.add(one.request()));
    }
    for (ChangeRequest repeat : repeats) {
      present |= !repeat.requester().isGone();
      idempotency.done(repeat, event, true);
    }
    if (!present) {
      state.leases().giveUp(queue.ticket(), event.revision());
    }
  }

  /**
   * Ends waits whose time is over, and those that are dismissed, for one slice.
   *
   * @return the tickets whose locks are to be handed over again
   */
  List<TicketId> endWaits() {
    Slice slice = new Slice(time::nanos, Slice.LENGTH.dividedBy(2));
    boolean any = endWait();
    while (any && !slice.isOver()) {
      any = endWait();
    }
    return resumed();
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

  /** Nanoseconds until there is something to do, 0 when overdue; at most {@code most}. */
  long nanosToNext(long most) {
    boolean dismisses = dismissal != null && !waits.isEmpty();
    long next = dismisses ? 0 : waits.nanosToNext(most);
    return paused.isEmpty()
        ? next
        : Math.max(0, Math.min(next, paused.values().iterator().next() - time.nanos()));
  }

  private List<TicketId> resumed() {
    List<TicketId> over =
        paused.entrySet().stream()
            .takeWhile(pause -> pause.getValue() - time.nanos() <= 0)
            .map(Map.Entry::getKey)
            .toList();
    over.forEach(paused::remove);
    return over;
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

  /**
   * From now on nothing is waited for: refuses all waiters, a slice at a time, and all later ones.
   */
  void dismissAll(Decision.Rejected why) {
    dismissal = why;
  }

  /** Whether a request may wait again whose append did not succeed. */
  boolean mayWaitAgain(ChangeRequest request) {
    return dismissal == null && !request.requester().isGone();
  }

  /**
   * The journal had too much to write: a request that was called takes its old place again, and the
   * lock is handed over a little later.
   *
   * @return whether it waits again
   */
  boolean putBack(TicketChangeQueue queue, ChangeRequest request) {
    Optional<WaitQueue.Waiter> called = queue.called(request);
    if (called.isEmpty() || queue.isCancelled(request)) {
      return false;
    }
    waits.put(called.get());
    pause(queue.ticket());
    return true;
  }

  /** Hands the lock over a little later, since an append has just failed. */
  void pause(TicketId ticket) {
    paused.remove(ticket);
    paused.put(ticket, time.nanos() + TicketChangeQueue.RETRY.toNanos());
  }
}
