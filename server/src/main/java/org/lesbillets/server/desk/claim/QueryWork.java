package org.lesbillets.server.desk.claim;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Slice;
import org.lesbillets.server.world.TimeSource;

/**
 * Where the desk has queries evaluated: by workers, in slices; or at once on its own thread, for at
 * most {@value #MAX_SLICE_MILLIS} ms at a time and a tenth of its time in all (token bucket), which
 * spares the cheap ones the detour. The desk's thread.
 */
public final class QueryWork {
  /** Half of it is the slice, and the rest the most that a single ticket takes. */
  public static final int MAX_SLICE_MILLIS = 2;

  private static final Duration DESK_SLICE = Duration.ofMillis(MAX_SLICE_MILLIS).dividedBy(2);
  private static final long MAX_CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int DESK_SHARE = 10;

  /** What is spent beyond that is forgotten: a pause of the process is no work. */
  private static final long MIN_CREDIT_NANOS = -TimeUnit.MILLISECONDS.toNanos(100);

  private final TimeSource time;
  private final FairLane lane;
  private final Executor desk;
  private long creditNanos = MAX_CREDIT_NANOS;
  private long creditedAt;
  private boolean charging;

  /** What a page is evaluated for. */
  public abstract static class Task {
    private final Object owner;
    private final FairLane.Job job;

    /**
     * @param owner the session that the work belongs to, or what shares the workers as one does
     * @param job what the work on all its pages counts as
     */
    protected Task(Object owner, FairLane.Job job) {
      this.owner = owner;
      this.job = job;
    }

    /** Whether the result is of no use any more. Any thread. */
    protected boolean isOver() {
      return false;
    }

    /** The page is done. The desk's thread. */
    protected abstract void done();

    /** The workers refuse the page. The desk's thread. */
    protected abstract void failed();
  }

  /**
   * @param lane the workers
   * @param desk runs tasks on the desk's thread
   */
  public QueryWork(TimeSource time, FairLane lane, Executor desk) {
    this.time = time;
    this.lane = lane;
    this.desk = desk;
    this.creditedAt = time.nanos();
  }

  public TimeSource time() {
    return time;
  }

  /** Runs a task on the desk's thread, behind those that are queued. */
  public void post(Runnable task) {
    desk.execute(task);
  }

  /** Whether the desk has time left for queries. */
  public boolean hasCredit() {
    account();
    return creditNanos > 0;
  }

  private void account() {
    long now = time.nanos();
    long passed = now - creditedAt;
    creditedAt = now;
    creditNanos =
        charging
            ? Math.max(MIN_CREDIT_NANOS, creditNanos - passed)
            : Math.min(MAX_CREDIT_NANOS, creditNanos + passed / DESK_SHARE);
  }

  /** Does something on this thread whose time counts as spent on queries. */
  public <T> T charged(Supplier<T> task) {
    boolean nested = charging;
    account();
    charging = true;
    T result = task.get();
    account();
    charging = nested;
    return result;
  }

  /**
   * Begins to evaluate a page on this thread.
   *
   * @return whether it is done; if not, the rest is for a worker
   */
  public boolean runNow(QueryPage page) {
    return charged(() -> page.advance(deskSlice()));
  }

  /** What one turn of the desk may take. */
  public Slice deskSlice() {
    return new Slice(time::nanos, DESK_SLICE);
  }

  /** Has a worker evaluate a page. Any thread. */
  public void runLater(QueryPage page, Task task) {
    try {
      lane.execute(task.owner, task.job, () -> slice(page, task));
    } catch (RejectedExecutionException e) {
      desk.execute(task::failed);
    }
  }

  /** A worker's thread. */
  private void slice(QueryPage page, Task task) {
    if (task.isOver()) {
      return;
    }
    if (page.advance(Slice.of(time::nanos, lane.preempts(task.job)))) {
      desk.execute(task::done);
    } else {
      runLater(page, task);
    }
  }
}
