package org.lesbillets.server.desk.request;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.world.TimeSource;

/**
 * Asynchronous reads of the journal. Called on the desk's thread; a bounded worker reads, and the
 * callback runs on the desk's thread again, so that the single writer never waits for the disk. A
 * read that takes longer than 10 s counts as failed, and what it finds is dropped.
 */
public final class JournalLookup {
  /** How long a read may take. */
  public static final Duration LIMIT = Duration.ofSeconds(10);

  private final FairLane workers;
  private final Executor desk;
  private final Replies replies;
  private final TimeSource time;

  /** By time. */
  private final Deque<Open> opened = new ArrayDeque<>();

  /** A read that is queued or under way, or has ended since. */
  private static final class Open {
    private final Consumer<Decision.Rejected> otherwise;
    private final long sinceNanos;
    private boolean ended;

    Open(Consumer<Decision.Rejected> otherwise, long sinceNanos) {
      this.otherwise = otherwise;
      this.sinceNanos = sinceNanos;
    }

    void end(Runnable what) {
      if (!ended) {
        ended = true;
        what.run();
      }
    }
  }

  /**
   * @param workers bounded, may reject a task
   * @param desk runs tasks on the desk's thread
   */
  public JournalLookup(FairLane workers, Executor desk, Replies replies, TimeSource time) {
    this.workers = workers;
    this.time = time;
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
    Open open = new Open(otherwise, time.nanos());
    try {
      workers.execute(request.requester(), () -> readNow(read, then, open));
      opened.add(open);
    } catch (RejectedExecutionException e) {
      otherwise.accept(DeskMessages.WORKERS_BUSY);
    }
  }

  /** Gives up reads that have taken too long. */
  public void runDue() {
    while (!opened.isEmpty() && (opened.peek().ended || nanosToNext(1) == 0)) {
      Open oldest = opened.poll();
      oldest.end(() -> oldest.otherwise.accept(DeskMessages.UNREAD));
    }
  }

  /** Nanoseconds until {@link #runDue} has to run, 0 when overdue; at most {@code most}. */
  public long nanosToNext(long most) {
    return opened.isEmpty()
        ? most
        : Math.max(0, Math.min(most, opened.peek().sinceNanos + LIMIT.toNanos() - time.nanos()));
  }

  /** Runs a task on the desk's thread, behind those that are queued. */
  public void post(Runnable task) {
    desk.execute(task);
  }

  private <T> void readNow(Supplier<T> read, Consumer<T> then, Open open) {
    try {
      T found = read.get();
      desk.execute(() -> open.end(() -> then.accept(found)));
    } catch (JournalException e) {
      desk.execute(() -> open.end(() -> open.otherwise.accept(DeskMessages.unreadable(e))));
    }
  }
}
