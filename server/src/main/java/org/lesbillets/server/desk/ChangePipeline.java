package org.lesbillets.server.desk;

import java.util.List;
import java.util.concurrent.Executor;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.desk.claim.ClaimSearches;
import org.lesbillets.server.desk.claim.QueryWork;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.queue.LockHandover;
import org.lesbillets.server.desk.queue.PeerProbes;
import org.lesbillets.server.desk.queue.TicketChangeQueue;
import org.lesbillets.server.desk.queue.WaitEnds;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.desk.request.DuplicateImportCheck;
import org.lesbillets.server.desk.request.IdempotencyCheck;
import org.lesbillets.server.desk.request.JournalLookup;
import org.lesbillets.server.desk.request.Replies;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Obstacle;
import org.lesbillets.server.journal.Outcome;

/**
 * The stages of a change: queue, decide, append, apply, announce, reply. The desk's thread only; at
 * most one append in flight per ticket, while those of different tickets are pipelined. Bounded by
 * the desk's bound on unanswered requests.
 *
 * <pre>
 *   take --> TicketChangeQueue --> decide ----- refused, unchanged --> IdempotencyCheck --> Replies
 *                  ^      ^          |  \------ LOCKED, may wait ----> LockHandover
 *                  |      |          v                                    | lock free
 *                  |   conflict    append                                 |
 *                  |      |          v                                    |
 *                  |      +---- appended: apply, announce --------------> Replies
 *                  +------------------------------------------------------+
 * </pre>
 */
final class ChangePipeline implements TicketQueues.Decisions {
  private final DeskDependencies with;
  private final Journal journal;
  private final DeskState state;
  private final Executor desk;
  private final Replies replies;
  private final IdempotencyCheck idempotency;
  private final DuplicateImportCheck duplicates;
  private final PeerProbes probes;
  private final WaitEnds ends;
  private final LockHandover handover;
  private final PendingAppends appends;
  private final TimedEvents timed;
  private final ClaimSearches claims;
  private final Raises raises;
  private final TicketQueues queues;

  ChangePipeline(DeskDependencies with, DeskState state, Executor desk, Replies replies) {
    this.with = with;
    this.journal = with.journal();
    this.state = state;
    this.desk = desk;
    this.replies = replies;
    JournalLookup lookup = new JournalLookup(with.workers().reads(), desk, replies, with.time());
    this.idempotency = new IdempotencyCheck(with, lookup, replies);
    this.duplicates = new DuplicateImportCheck(with, lookup, replies);
    this.probes = new PeerProbes(with.time(), desk, this::peerAnswered);
    this.ends = new WaitEnds(state, idempotency, this::leftQueue);
    this.handover = new LockHandover(state, ends, probes);
    this.appends = new PendingAppends(with, state, desk);
    this.timed = new TimedEvents(with, state, appends);
    this.queues = new TicketQueues(timed, handover, state, this);
    this.raises = new Raises(with, state, idempotency, queues::enqueue);
    QueryWork queries = new QueryWork(with.time(), with.workers().queries(), desk);
    this.claims = new ClaimSearches(queries, state, handover, queues::enqueue);
  }

  private boolean leftQueue(ChangeRequest request) {
    return claims.endAttempt(request);
  }

  /**
   * Queues a change on its ticket, and advances that queue; drops that of a requester whose client
   * asks on another connection by now. While the journal is behind, what would be decided upon is
   * old: all are refused.
   */
  void take(ChangeRequest request) {
    Obstacle obstacle = journal.obstacle();
    if (request.requester().isReplaced()) {
      replies.dropped();
    } else if (obstacle != null && obstacle.behind()) {
      idempotency.behind(request, obstacle.reason());
    } else if (request.change() instanceof ClientMessage.TicketChange change) {
      List<Ticket> found = state.book().matches(change.ticket(), TicketRules.CANDIDATES);
      if (found.size() == 1) {
        queues.enqueue(found.get(0).id(), request);
      } else {
        idempotency.refuse(request, TicketRules.unresolved(change.ticket(), found));
      }
    } else if (request.change() instanceof ClientMessage.ClaimTicket claim) {
      claims.begin(request, claim);
    } else if (request.change() instanceof ClientMessage.RaiseTicket raise) {
      raises.begin(request, raise);
    } else {
      queues.enqueue(request.newTicket(with.world()::newId), request);
    }
  }

  /** Refuses a change for a reason beside its ticket, unless it had its effect before. */
  void refuse(ChangeRequest request, Decision.Rejected why) {
    idempotency.refuse(request, why);
  }

  @Override
  public void decide(TicketChangeQueue queue, ChangeRequest request) {
    if (request.waitsForLock() && request.requester().isGone()) {
      replies.dropped();
      return;
    }
    Obstacle obstacle = journal.obstacle();
    if (obstacle != null && obstacle.behind()) {
      ended(queue, request, List.of(), obstacle.outcome());
      return;
    }
    Ticket ticket = state.find(queue.ticket()).orElse(null);
    if (request.change() instanceof ClientMessage.ClaimTicket
            && !claims.confirm(queue.ticket(), request)
        || !raises.confirm(queue.ticket(), request)) {
      return;
    }
    if (request.creates() && ticket != null) {
      idempotency.orElse(request, () -> duplicates.answer(request, ticket));
    } else {
      TicketRules.decide(request.change(), state.facts(queue.ticket(), ticket, request.requester()))
          .accept(decided(queue, request, ticket));
    }
  }

  private Decision.Visitor decided(TicketChangeQueue queue, ChangeRequest request, Ticket before) {
    return new Decision.Visitor() {
      @Override
      public void onAccepted(Decision.Accepted accepted) {
        Append append = request.append(before, accepted);
        if (raises.reserve(before, append, () -> queues.enqueue(queue.ticket(), request))) {
          queue.beginAppend(request, append.expectedRevision());
          appends.append(append, outcome -> appended(queue, request, outcome));
        }
      }

      @Override
      public void onUnchanged(Decision.Unchanged unchanged) {
        claims.end(request);
        idempotency.orElse(request, () -> replies.unchanged(request, before));
      }

      @Override
      public void onRejected(Decision.Rejected why) {
        claims.end(request);
        if (why.code() == RejectionCode.LOCKED && request.waitsForLock()) {
          handover.enqueue(queue, request);
        } else {
          idempotency.refuse(request, why);
        }
      }
    };
  }

  @Override
  public void unexplained(TicketChangeQueue queue, ChangeRequest request) {
    ended(queue, request, List.of(), appends.unexplained(queue));
  }

  private void appended(TicketChangeQueue queue, ChangeRequest request, Outcome outcome) {
    List<SequencedEvent> delivered = queue.endAppend();
    ended(queue, request, delivered, outcome);
    queues.advance(queue);
  }

  private void ended(
      TicketChangeQueue queue,
      ChangeRequest request,
      List<SequencedEvent> delivered,
      Outcome outcome) {
    AppendEnd end = new AppendEnd(queue, request, delivered);
    outcome.accept(end);
    raises.end(queue.ticket());
    if (!end.again) {
      claims.end(request);
    }
  }

  /** The end of an append: the answer to its request, or a retry. */
  private final class AppendEnd extends IdempotencyCheck.AppendAnswer {
    private final TicketChangeQueue queue;
    private final ChangeRequest request;
    private final List<SequencedEvent> delivered;
    private boolean again;

    AppendEnd(TicketChangeQueue queue, ChangeRequest request, List<SequencedEvent> delivered) {
      super(idempotency, request);
      this.queue = queue;
      this.request = request;
      this.delivered = delivered;
    }

    @Override
    public void onAppended(Outcome.Appended outcome) {
      SequencedEvent event = TicketChangeQueue.written(delivered, outcome).orElse(null);
      if (event == null) {
        journal.poison(DeskMessages.undelivered(outcome.revision()));
        onUnknown(new Outcome.Unknown(journal.failure()));
      } else {
        handover.done(queue, request, event, claims.endRepeat(request));
      }
    }

    @Override
    public void onBusy(Outcome.Busy outcome) {
      if (!putBack(true)) {
        super.onBusy(outcome);
      }
    }

    @Override
    public void onBehind(Outcome.Behind outcome) {
      if (!putBack(false)) {
        super.onBehind(outcome);
      }
    }

    /** Has a request that waited wait again, in its old place. */
    private boolean putBack(boolean blocks) {
      again =
          ends.mayWaitAgain(request)
              && (handover.putBack(queue, request, blocks) || claims.queue().putBack(request));
      return again;
    }

    @Override
    public void onUnknown(Outcome.Unknown outcome) {
      if (request.waits()) {
        handover.pause(queue.ticket());
        claims.queue().park(queue.ticket());
      }
      super.onUnknown(outcome);
    }

    @Override
    public void onConflict(Outcome.Conflict outcome) {
      if (!journal.shared() && state.contradicts(queue, outcome)) {
        journal.poison(DeskMessages.contradiction(queue.ticket(), outcome));
        replies.rejected(request, DeskMessages.readOnly(journal.failure()));
        return;
      }
      again = true;
      queues.retry(queue, request, outcome);
    }
  }

  /** Whether appends are under way. Any thread. */
  boolean isAppending() {
    return appends.underWay() > 0;
  }

  /** Runs everything that is due: timeouts, ends of leases and of sleeps. */
  void runDue() {
    boolean writable = journal.failure() == null && journal.obstacle() == null;
    timed.suspend(!writable, queues::advance);
    ends.runDue();
    appends.runDue();
    queues.runDue();
    queues.advanceAll(handover.resumed());
    idempotency.runDue();
    raises.runDue();
    if (probes.hasTimedOut()) {
      queues.advanceAll(handover.undecided());
      claims.queue().probesEnded();
    }
    claims.queue().runDue();
    timed.giveNotice(queues::advance);
  }

  /** Nanoseconds until {@link #runDue} has to run; at most {@code most}. */
  long nanosToNext(long most) {
    long next = appends.nanosToNext(queues.nanosToNext(timed.nanosToNext(most)));
    next = raises.nanosToNext(claims.queue().nanosToNext(next));
    return probes.nanosToNext(
        ends.nanosToNext(handover.nanosToNext(idempotency.nanosToNext(next))));
  }

  private void peerAnswered(Requester requester) {
    queues.advanceAll(handover.affectedBy(requester));
    claims.queue().answered(requester);
  }

  /** Applies an event the journal delivers, and announces it. */
  void deliver(SequencedEvent event) {
    state.numberTaken(event).ifPresent(journal::poison);
    Announcement.Happened happened = state.apply(event);
    with.channel().publish(happened);
    TicketId id = happened.after().id();
    claims.deliver(state.book().find(id).orElseThrow(), event.event());
    queues.delivered(id, happened.event(), state.waiting(id) > 0);
    appends.delivered(event.revision());
  }

  /** Ends a wait at its requester's wish; a wait that is over already is no error. */
  void cancelWait(Requester requester, String requestId) {
    ends.cancel(requester, requestId, queues.all());
    claims.queue().cancel(requester, requestId);
  }

  void disconnected(Requester requester) {
    handover.disconnected(requester);
    claims.disconnected(requester);
    queues.advanceAll(handover.undecided());
  }

  /** Refuses all that wait for locks, now and from now on; null grants locks again. */
  void dismissWaiting(Decision.Rejected why) {
    ends.dismissAll(why);
  }
}
