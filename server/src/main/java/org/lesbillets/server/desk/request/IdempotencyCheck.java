package org.lesbillets.server.desk.request;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.Decision.Rejected;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.RecordedOperation;
import org.lesbillets.server.world.TimeSource;

/**
 * Idempotency keys: a request whose operation id the journal already holds is answered with the
 * recorded event instead of being done twice. The desk's thread; the journal is read
 * asynchronously. Remembers the last 65,536 operations whose append ended without a known outcome.
 */
public final class IdempotencyCheck {
  private static final int UNCERTAIN_OPERATIONS = 65_536;
  private static final Duration RETRY = Duration.ofMillis(100);

  private final Journal journal;
  private final TimeSource time;
  private final JournalLookup lookup;
  private final Replies replies;
  private final Set<Operation> uncertain = new LinkedHashSet<>();

  /** Look-ups for requests that wait, which could not be made; by time. */
  private final Deque<Look> refused = new ArrayDeque<>();

  /** A look-up for a request that waits, as long as {@code waits} says so. */
  private record Look(
      ChangeRequest request, BooleanSupplier waits, Runnable stop, long sinceNanos) {}

  /** The answer to a request whose append has ended; none where it may be retried. */
  public abstract static class AppendAnswer implements Outcome.Visitor {
    private final IdempotencyCheck check;
    private final ChangeRequest request;

    public AppendAnswer(IdempotencyCheck check, ChangeRequest request) {
      this.check = check;
      this.request = request;
    }

    @Override
    public void onRepeated(Outcome.Repeated outcome) {
      check.repeat(request, outcome.recorded());
    }

    @Override
    public void onMissing(Outcome.Missing outcome) {
      check.replies.rejected(request, DeskMessages.missing(outcome.what()));
    }

    @Override
    public void onBusy(Outcome.Busy outcome) {
      check.replies.rejected(request, DeskMessages.journalBusy(outcome.reason()));
    }

    @Override
    public void onReadOnly(Outcome.ReadOnly outcome) {
      check.refuse(request, DeskMessages.readOnly(outcome.reason()));
    }

    @Override
    public void onBehind(Outcome.Behind outcome) {
      check.behind(request, outcome.reason());
    }

    @Override
    public void onUnknown(Outcome.Unknown outcome) {
      check.uncertain(request, outcome.reason());
    }

    @Override
    public void onUnfinished(Outcome.Unfinished outcome) {
      check.uncertain(request, DeskMessages.unfinished(outcome.reason()));
    }
  }

  public IdempotencyCheck(DeskDependencies with, JournalLookup lookup, Replies replies) {
    this.journal = with.journal();
    this.time = with.time();
    this.lookup = lookup;
    this.replies = replies;
  }

  /**
   * Answers {@code request} with its recorded event; if there is none, runs {@code otherwise}. A
   * redaction is never answered so: that it was written says nothing of what is left in the files,
   * which its append alone waits for.
   */
  public void orElse(ChangeRequest request, Runnable otherwise) {
    if (request.change() instanceof ClientMessage.RedactTicket) {
      notFound(request, otherwise);
      return;
    }
    if (request.operation() == null) {
      otherwise.run();
      return;
    }
    lookup.read(
        request,
        () -> find(request.operation()),
        recorded ->
            recorded.ifPresentOrElse(r -> repeat(request, r), () -> notFound(request, otherwise)));
  }

  /** Refuses {@code request}, unless it had its effect before. */
  public void refuse(ChangeRequest request, Rejected why) {
    orElse(request, () -> replies.rejected(request, why));
  }

  /** Its reads of the journal, for those that answer through it. */
  public JournalLookup lookup() {
    return lookup;
  }

  /** The requester is disconnected, and its request had no effect. */
  public void dropped() {
    replies.dropped();
  }

  /** Answers {@code request} with the event that it, or a repeat of it, has made. */
  public void done(ChangeRequest request, SequencedEvent event, boolean repeated) {
    settled(request);
    replies.event(request, event, repeated);
  }

  private Optional<RecordedOperation> find(Operation operation) {
    return journal.reads().operation(operation.agent(), operation.id());
  }

  /**
   * Looks for a recorded event while {@code request} waits, and ends the wait with it; again every
   * 100 ms as long as that cannot be read.
   */
  public void whileItWaits(ChangeRequest request, BooleanSupplier waits, Runnable stop) {
    if (request.operation() != null) {
      look(new Look(request, waits, stop, time.nanos()));
    }
  }

  private void look(Look look) {
    lookup.tryRead(
        look.request,
        () -> find(look.request.operation()),
        recorded -> recorded.filter(r -> look.waits.getAsBoolean()).ifPresent(r -> found(look, r)),
        why -> refused.add(new Look(look.request, look.waits, look.stop, time.nanos())));
  }

  private void found(Look look, RecordedOperation recorded) {
    look.stop.run();
    repeat(look.request, recorded);
  }

  /** Gives up what is read for too long, and makes the look-ups again that could not be made. */
  public void runDue() {
    lookup.runDue();
    while (!refused.isEmpty() && nanosToLook() == 0) {
      Look look = refused.poll();
      if (look.waits.getAsBoolean()) {
        look(look);
      }
    }
  }

  /** Nanoseconds until {@link #runDue} has to run, 0 when overdue; at most {@code most}. */
  public long nanosToNext(long most) {
    long next = lookup.nanosToNext(most);
    return refused.isEmpty() ? next : Math.min(next, nanosToLook());
  }

  private long nanosToLook() {
    return Math.max(0, refused.peek().sinceNanos + RETRY.toNanos() - time.nanos());
  }

  /**
   * Refuses {@code request}, since the journal is {@linkplain Outcome.Behind behind}: it is not
   * looked for in a store that does not answer.
   */
  public void behind(ChangeRequest request, String reason) {
    notFound(request, () -> replies.rejected(request, DeskMessages.behind(reason)));
  }

  /** Answers that the append may have been written or not; its absence would prove nothing. */
  private void uncertain(ChangeRequest request, String reason) {
    uncertain(request, DeskMessages.uncertain(reason, request.operation() != null));
  }

  private void uncertain(ChangeRequest request, Rejected why) {
    Operation operation = request.operation();
    if (operation != null && uncertain.add(operation) && uncertain.size() > UNCERTAIN_OPERATIONS) {
      uncertain.remove(uncertain.iterator().next());
    }
    replies.rejected(request, why);
  }

  /** The outcome of {@code request} is known. */
  private void settled(ChangeRequest request) {
    uncertain.remove(request.operation());
  }

  private void notFound(ChangeRequest request, Runnable otherwise) {
    if (uncertain.contains(request.operation())) {
      replies.rejected(request, DeskMessages.STILL_UNCERTAIN);
    } else {
      otherwise.run();
    }
  }

  /** Answers {@code request} with the event of a recorded operation, if it is the same request. */
  private void repeat(ChangeRequest request, RecordedOperation recorded) {
    settled(request);
    boolean fits = recorded.fits(request.operation().fingerprint());
    if (!fits && !request.waitsForLock()) {
      replies.rejected(request, DeskMessages.OPERATION_ID_REUSED);
      return;
    }
    lookup.read(
        request,
        () -> journal.reads().event(recorded.revision()),
        event -> {
          if (!fits && event.filter(e -> isGrantOf(request, e)).isEmpty()) {
            replies.rejected(request, DeskMessages.OPERATION_ID_REUSED);
          } else if (event.isEmpty()) {
            replies.rejected(request, DeskMessages.EVENT_FORGOTTEN);
          } else {
            replies.recorded(request, event.get());
          }
        });
  }

  /**
   * Whether the event is what the request asks for. Earlier releases recorded hashes over how long
   * a request waits, too, of which a repeat knows only the rest.
   */
  private static boolean isGrantOf(ChangeRequest request, SequencedEvent event) {
    return request.change() instanceof ClientMessage.LockTicket lock
        && TicketRules.isGrant(lock, event.event());
  }
}
