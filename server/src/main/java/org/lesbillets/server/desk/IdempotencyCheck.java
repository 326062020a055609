package org.lesbillets.server.desk;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.RecordedOperation;

/**
 * Answers requests that had their effect before with what it was. Called on the desk's thread and
 * answers there; the journal is read by a worker meanwhile. Keeps the last 65,536 operations of
 * which nobody knows whether they had their effect.
 */
final class IdempotencyCheck {
  private static final int DOUBTFUL = 65_536;

  private final Journal journal;
  private final Executor workers;
  private final Executor desk;
  private final Replies answers;
  private final LockTimes lockTimes;
  private final Set<Operation> doubtful = new LinkedHashSet<>();

  /**
   * @param foundation its workers are bounded, and may refuse a task
   * @param desk runs tasks on the desk's thread
   */
  IdempotencyCheck(
      TicketDesk.Foundation foundation, Executor desk, Replies answers, LockTimes lockTimes) {
    this.journal = foundation.journal();
    this.workers = foundation.workers();
    this.desk = desk;
    this.answers = answers;
    this.lockTimes = lockTimes;
  }

  /**
   * Answers {@code request} with what it did the first time; if there was none, does {@code
   * otherwise}.
   */
  void orElse(ChangeRequest request, Runnable otherwise) {
    Operation operation = request.operation();
    if (operation == null) {
      otherwise.run();
      return;
    }
    read(
        request,
        () -> journal.operation(operation.agent(), operation.id()),
        recorded ->
            recorded.ifPresentOrElse(r -> repeat(request, r), () -> notFound(request, otherwise)));
  }

  /**
   * Looks, while {@code request} waits for its turn, whether it had its effect before; if so, and
   * {@code stop} says that it still waited, answers it with that.
   */
  void whileItWaits(ChangeRequest request, Predicate<ChangeRequest> stop) {
    if (request.operation() == null) {
      return;
    }
    try {
      workers.execute(() -> lookNow(request, stop));
    } catch (RejectedExecutionException e) {
      // The journal looks again when the request's turn has come.
    }
  }

  private void lookNow(ChangeRequest request, Predicate<ChangeRequest> stop) {
    Operation operation = request.operation();
    try {
      journal
          .operation(operation.agent(), operation.id())
          .ifPresent(recorded -> desk.execute(() -> repeatIf(stop, request, recorded)));
    } catch (JournalException e) {
      // The same: a wait needs no answer yet.
    }
  }

  private void repeatIf(
      Predicate<ChangeRequest> stop, ChangeRequest request, RecordedOperation recorded) {
    if (stop.test(request)) {
      repeat(request, recorded);
    }
  }

  /**
   * Nobody knows what became of {@code request}: no trace of it is no proof that it did not happen.
   */
  void doubt(ChangeRequest request) {
    Operation operation = request.operation();
    if (operation != null && doubtful.add(operation) && doubtful.size() > DOUBTFUL) {
      doubtful.remove(doubtful.iterator().next());
    }
  }

  /** It is known what became of {@code request}. */
  void settle(ChangeRequest request) {
    doubtful.remove(request.operation());
  }

  private void notFound(ChangeRequest request, Runnable otherwise) {
    if (doubtful.contains(request.operation())) {
      answers.rejected(
          request,
          RejectionCode.UNCERTAIN,
          "It may have happened the first time or not: when the server is well again, ask again"
              + " with the same operation id.");
    } else {
      otherwise.run();
    }
  }

  /** Answers {@code request} with the event the journal remembers of it. */
  void repeat(ChangeRequest request, RecordedOperation recorded) {
    settle(request);
    if (!recorded.fingerprint().equals(request.operation().fingerprint())) {
      answers.rejected(request, usedElsewhere());
      return;
    }
    read(
        request,
        () -> journal.event(recorded.revision()),
        event ->
            event.ifPresentOrElse(
                e -> answers.event(request, lockTimes.withRemaining(e), true),
                () -> answers.rejected(request, forgotten())));
  }

  private <T> void read(
      ChangeRequest request, Supplier<Optional<T>> read, Consumer<Optional<T>> then) {
    try {
      workers.execute(() -> readNow(request, read, then));
    } catch (RejectedExecutionException e) {
      answers.rejected(request, RejectionCode.BUSY, "The server has too much to do: try again.");
    }
  }

  private <T> void readNow(
      ChangeRequest request, Supplier<Optional<T>> read, Consumer<Optional<T>> then) {
    try {
      Optional<T> found = read.get();
      desk.execute(() -> then.accept(found));
    } catch (JournalException e) {
      desk.execute(() -> answers.rejected(request, RejectionCode.UNCERTAIN, unreadable(e)));
    }
  }

  static String unreadable(JournalException e) {
    return "The journal cannot be read (%s): tell whoever runs the server."
        .formatted(e.getMessage());
  }

  static Decision.Rejected usedElsewhere() {
    return new Decision.Rejected(
        RejectionCode.INVALID,
        "This operation id was used for another request: give each request an id of its own.",
        RejectionDetails.field("operationId"));
  }

  private static Decision.Rejected forgotten() {
    return new Decision.Rejected(
        RejectionCode.INVALID,
        "This request was done before, and what came of it is forgotten: look at the ticket.",
        RejectionDetails.field("operationId"));
  }
}
