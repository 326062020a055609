package org.lesbillets.server.desk;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.Decision;

/**
 * Handover of free locks to waiting requests: who is queued, which waiter is called, and how a wait
 * ends without the lock. A lock is handed over only to a peer that is there, so that a dead client
 * does not block the queue (head-of-line blocking) for the length of a lease. The desk's thread;
 * bounded as the {@link LockWaitQueue} is.
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
  /** Bound on the peers that are probed for one lock at a time. */
  private static final int MAX_PROBES = 64;

  private final DeskState state;
  private final LockWaitQueue waits;
  private final Replies replies;
  private final IdempotencyCheck idempotency;
  private final PeerProbes probes;

  /** Free tickets whose next owner depends on the answer of a probed peer. */
  private final Set<TicketId> undecided = new LinkedHashSet<>();

  /** Why no lock is granted any more, or null. */
  private Decision.Rejected dismissal;

  LockHandover(DeskState state, Replies replies, IdempotencyCheck idempotency, PeerProbes probes) {
    this.state = state;
    this.waits = state.waits();
    this.replies = replies;
    this.idempotency = idempotency;
    this.probes = probes;
  }

  /** Queues a request for a lock that is held, unless locks are no longer granted. */
  void enqueue(TicketChangeQueue queue, ChangeRequest request) {
    Optional<LockWaitQueue.Waiter> called = queue.called(request);
    if (dismissal != null) {
      idempotency.refuse(request, dismissal);
    } else if (called.isPresent()) {
      waits.put(called.get());
    } else if (waits.isFull()) {
      idempotency.refuse(request, DeskMessages.TOO_MANY_WAIT);
    } else {
      ClientMessage.LockTicket lock = (ClientMessage.LockTicket) request.change();
      waits.add(queue.ticket(), request, lock.waiting());
      idempotency.whileItWaits(request, waits::remove);
    }
  }

  /**
   * The request that gets the lock, if the ticket is free: the first whose peer is present; absent
   * ones keep their places. Empty as long as the ticket {@link #isUndecided}.
   */
  Optional<ChangeRequest> next(TicketChangeQueue queue) {
    TicketId ticket = queue.ticket();
    undecided.remove(ticket);
    boolean free = !state.book().find(ticket).map(Ticket::isLocked).orElse(true);
    Optional<LockWaitQueue.Waiter> first = free ? firstPresent(ticket) : Optional.empty();
    first.ifPresent(queue::call);
    return first.map(LockWaitQueue.Waiter::request);
  }

  /** Probes all peers in doubt at once, up to a bound. */
  private Optional<LockWaitQueue.Waiter> firstPresent(TicketId ticket) {
    int asked = 0;
    for (LockWaitQueue.Waiter waiter : waits.waiters(ticket)) {
      PeerProbes.Presence presence = presence(waiter.request().requester());
      if (presence == PeerProbes.Presence.PRESENT && asked == 0) {
        waits.remove(waiter);
        return Optional.of(waiter);
      }
      asked += presence == PeerProbes.Presence.ASKED ? 1 : 0;
      if (presence == PeerProbes.Presence.PRESENT || asked == MAX_PROBES) {
        break;
      }
    }
    if (asked > 0) {
      undecided.add(ticket);
    }
    return Optional.empty();
  }

  /** A closed connection needs no probe: its request is dropped when it is called. */
  private PeerProbes.Presence presence(Requester requester) {
    return requester.isGone() ? PeerProbes.Presence.PRESENT : probes.of(requester);
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
    replies.event(request, event, false);
    for (LockWaitQueue.Waiter repeat : waits.removeRepeats(ticket, request)) {
      present |= !repeat.request().requester().isGone();
      replies.event(repeat.request(), event, true);
    }
    if (!present) {
      state.leases().giveUp(ticket, event.revision());
    }
  }

  void timeOut() {
    waits.removeOverdue().forEach(waiter -> inVain(waiter.ticket(), waiter.request()));
  }

  /**
   * Ends one wait at its requester's wish, if there is one.
   *
   * @param queues where the request may still stand behind an append in flight
   */
  void cancel(Requester requester, String requestId, Iterable<TicketChangeQueue> queues) {
    Optional<LockWaitQueue.Waiter> waiter = waits.remove(requester, requestId);
    if (waiter.isPresent()) {
      inVain(waiter.get().ticket(), waiter.get().request());
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

  /** Answers a wait that ends without the lock, unless the request had its effect before. */
  private void inVain(TicketId id, ChangeRequest request) {
    idempotency.refuse(request, DeskMessages.waitedInVain(state.find(id).orElseThrow()));
  }

  void disconnected(Requester requester) {
    probes.disconnected(requester);
    waits.removeAll(requester).forEach(waiter -> replies.dropped());
  }

  /** From now on no lock is handed over: refuses all waiters, and all later ones. */
  void dismissAll(Decision.Rejected why) {
    dismissal = why;
    waits.removeAll().forEach(waiter -> idempotency.refuse(waiter.request(), why));
  }
}
