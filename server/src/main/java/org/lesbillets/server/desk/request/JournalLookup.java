package org.lesbillets.server.desk.request;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.work.FairLane;

/**
 * Asynchronous reads of the journal. Called on the desk's thread; a bounded worker reads, and the
 * callback runs on the desk's thread again, so that the single writer never waits for the disk.
 */
public final class JournalLookup {
  private final FairLane workers;
  private final Executor desk;
  private final Replies replies;

  /**
   * @param workers bounded, may reject a task
   * @param desk runs tasks on the desk's thread
   */
  public JournalLookup(FairLane workers, Executor desk, Replies replies) {
    this.workers = workers;
    this.desk = desk;
    this.replies = replies;
  }

  /** Reads for {@code request}, which is answered BUSY or UNCERTAIN when that is not possible. */
  public <T> void read(ChangeRequest request, Supplier<T> read, Consumer<T> then) {
    tryRead(request, read, then, why -> replies.rejected(request, why));
  }

  /**
   * Reads for a request that can go without.
   *
   * @param otherwise callback on the desk's thread, with the reason why it could not be read
   */
  <T> void tryRead(
      ChangeRequest request,
      Supplier<T> read,
      Consumer<T> then,
      Consumer<Decision.Rejected> otherwise) {
    try {
      workers.execute(request.requester(), () -> readNow(read, then, otherwise));
    } catch (RejectedExecutionException e) {
      otherwise.accept(DeskMessages.WORKERS_BUSY);
    }
  }

  /** Runs a task on the desk's thread, behind those that are queued. */
  public void post(Runnable task) {
    desk.execute(task);
  }

  private <T> void readNow(
      Supplier<T> read, Consumer<T> then, Consumer<Decision.Rejected> otherwise) {
    try {
      T found = read.get();
      desk.execute(() -> then.accept(found));
    } catch (JournalException e) {
      desk.execute(() -> otherwise.accept(DeskMessages.unreadable(e)));
    }
  }
}
