package org.lesbillets.server.desk.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.world.TimeSource;

/**
 * Handover of free locks to waiting requests: who is queued, and which waiter is called. A lock is
 * handed over only to a peer that is there, so that a dead client does not block the queue
 * (head-of-line blocking) for the length of a lease. The desk's thread; bounded as the {@link
 * WaitQueue} is.
 *
 * <pre>
 *              lock free, peer present               granted
 *   QUEUED ----------------------------> CALLED ---------------> answered
 *     |  ^                                  |
 *     |  +----------------------------------+  another lock was faster
 *     +--- timeout, cancel: TIMEOUT    disconnect: dropped    no more locks: dismissed
 * </pre>
 */
public final class LockHandover {
  private final DeskState state;
  private final TimeSource time;
  private final WaitQueue waits;
  private final WaitEnds ends;
  private final PeerProbes probes;

  /** Free tickets whose next owner depends on the answer of a probed peer. */
  private final Set<TicketId> undecided = new LinkedHashSet<>();

  /** Free tickets whose locks are handed over later, and when; by time. */
  private final Map<TicketId, Pause> paused = new LinkedHashMap<>();

  /**
   * @param blocks whether other requests on the ticket wait for its end
   */
  private record Pause(long untilNanos, boolean blocks) {}

  public LockHandover(DeskState state, WaitEnds ends, PeerProbes probes) {
    this.state = state;
    this.time = state.time();
    this.waits = state.waits();
    this.ends = ends;
    this.probes = probes;
  }

  /** Queues a request for a lock that is held, unless locks are no longer granted. */
  public void enqueue(TicketChangeQueue queue, ChangeRequest request) {
    Optional<WaitQueue.Waiter> called = queue.called(request);
    Decision.Rejected refusal = called.isPresent() ? ends.dismissal() : ends.refusal();
    if (queue.isCancelled(request)) {
      ends.inVain(queue.ticket(), request);
    } else if (refusal != null) {
      ends.idempotency().refuse(request, refusal);
    } else if (called.isPresent()) {
      waits.put(called.get());
    } else {
      ClientMessage.LockTicket lock = (ClientMessage.LockTicket) request.change();
      WaitQueue.Waiter waiter = waits.add(queue.ticket(), request, lock.waiting());
      ends.idempotency().whileItWaits(request, () -> waits.has(waiter), () -> waits.remove(waiter));
    }
  }

  /** How waits end. */
  public WaitEnds ends() {
    return ends;
  }

  public PeerProbes probes() {
    return probes;
  }

  /**
   * The request that gets the lock, if the ticket is free: the first whose peer is present; absent
   * ones keep their places. Empty as long as the ticket {@link #isUndecided}.
   */
  public Optional<ChangeRequest> next(TicketChangeQueue queue) {
    TicketId ticket = queue.ticket();
    undecided.remove(ticket);
    Pause pause = paused.get(ticket);
    if (pause != null) {
      if (pause.blocks) {
        undecided.add(ticket);
      }
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
  public boolean isUndecided(TicketId ticket) {
    return undecided.contains(ticket);
  }

  /** The free tickets whose next owner depends on a probe. */
  public List<TicketId> undecided() {
    return List.copyOf(undecided);
  }

  /** The tickets to look at now that {@code requester}'s peer answered a probe. */
  public Set<TicketId> affectedBy(Requester requester) {
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
  public void done(
      TicketChangeQueue queue,
      ChangeRequest request,
      SequencedEvent event,
      Optional<ChangeRequest> claim) {
    queue.called(request).ifPresent(waits::granted);
    boolean present = !request.requester().isGone() || !request.waits() && claim.isEmpty();
    ends.idempotency().done(request, event, false);
    List<ChangeRequest> repeats = claim.stream().collect(Collectors.toCollection(ArrayList::new));
    if (request.waitsForLock()) {
      waits.removeRepeats(queue.ticket(), request).forEach(one -> repeats.add(one.request()));
    }
    for (ChangeRequest repeat : repeats) {
      present |= !repeat.requester().isGone();
      ends.idempotency().done(repeat, event, true);
    }
    if (!present) {
      state.leases().giveUp(queue.ticket(), event.revision());
    }
  }

  /** Nanoseconds until a pause is over, 0 when overdue; at most {@code most}. */
  public long nanosToNext(long most) {
    return paused.isEmpty()
        ? most
        : Math.max(0, Math.min(most, paused.values().iterator().next().untilNanos - time.nanos()));
  }

  /** Ends the pauses that are over; returns the tickets whose locks are to be handed over. */
  public List<TicketId> resumed() {
    List<TicketId> over =
        paused.entrySet().stream()
            .takeWhile(pause -> pause.getValue().untilNanos - time.nanos() <= 0)
            .map(Map.Entry::getKey)
            .toList();
    over.forEach(paused::remove);
    return over;
  }

  public void disconnected(Requester requester) {
    probes.disconnected(requester);
    ends.disconnected(requester);
  }

  /**
   * The journal took nothing: a request that was called takes its old place again, and the lock is
   * handed over a little later.
   *
   * @param blocks whether other requests on the ticket wait for that
   * @return whether it waits again
   */
  public boolean putBack(TicketChangeQueue queue, ChangeRequest request, boolean blocks) {
    Optional<WaitQueue.Waiter> called = queue.called(request);
    if (called.isEmpty() || queue.isCancelled(request)) {
      return false;
    }
    waits.put(called.get());
    pause(queue.ticket(), blocks);
    return true;
  }

  /** Hands the lock over a little later, since an append has just failed. */
  public void pause(TicketId ticket) {
    pause(ticket, true);
  }

  private void pause(TicketId ticket, boolean blocks) {
    paused.remove(ticket);
    paused.put(ticket, new Pause(time.nanos() + TicketChangeQueue.RETRY.toNanos(), blocks));
  }
}
