package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.lesbillets.server.desk.claim.ClaimPage;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Slice;
import org.lesbillets.server.world.TimeSource;

/**
 * Where the desk has queries evaluated: by workers, in slices; or at once on its own thread, for at
 * most {@value #MAX_SLICE_MILLIS} ms at a time and a tenth of its time in all (token bucket), which
 * spares the cheap ones the detour. The desk's thread.
 */
final class QueryWork {
  /** Half of it is the slice, and the rest the most that a single ticket takes. */
  static final int MAX_SLICE_MILLIS = 2;

  private static final Duration DESK_SLICE = Duration.ofMillis(MAX_SLICE_MILLIS).dividedBy(2);
  private static final long MAX_CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int DESK_SHARE = 10;

  private final TimeSource time;
  private final FairLane lane;
  private final Executor desk;
  private long creditNanos = MAX_CREDIT_NANOS;
  private long creditedAt;

  /** What a page is evaluated for. */
  interface Task {
    /** The session that the work belongs to. */
    Requester owner();

    /** What the work on all its pages counts as. */
    FairLane.Job job();

    /** Whether the result is of no use any more. Any thread. */
    boolean isOver();

    /** The page is done. The desk's thread. */
    void done(ClaimPage page);

    /** The workers refuse the page. The desk's thread. */
    void failed();
  }

  /**
   * @param desk runs tasks on the desk's thread
   */
  QueryWork(DeskDependencies with, Executor desk) {
    this.time = with.time();
    this.lane = with.workers().queries();
    this.desk = desk;
    this.creditedAt = time.nanos();
  }

  TimeSource time() {
    return time;
  }

  /** Runs a task on the desk's thread, behind those that are queued. */
  void post(Runnable task) {
    desk.execute(task);
  }

  /** Whether the desk has time left for queries. */
  boolean hasCredit() {
    long now = time.nanos();
    creditNanos = Math.min(MAX_CREDIT_NANOS, creditNanos + (now - creditedAt) / DESK_SHARE);
    creditedAt = now;
    return creditNanos > 0;
  }

  /**
   * Begins to evaluate a page on this thread.
   *
   * @return whether it is done; if not, the rest is for a worker
   */
  boolean runNow(ClaimPage page) {
    long begin = time.nanos();
    boolean done = page.advance(new Slice(time::nanos, DESK_SLICE));
    long end = time.nanos();
    creditNanos -= end - begin;
    creditedAt = end;
    return done;
  }

  /** Has a worker evaluate a page. Any thread. */
  void runLater(ClaimPage page, Task task) {
    try {
      lane.execute(task.owner(), task.job(), () -> slice(page, task));
    } catch (RejectedExecutionException e) {
      desk.execute(task::failed);
    }
  }

  /** A worker's thread. */
  private void slice(ClaimPage page, Task task) {
    if (task.isOver()) {
      return;
    }
    if (page.advance(Slice.of(time::nanos, lane.preempts(task.job())))) {
      desk.execute(() -> task.done(page));
    } else {
      runLater(page, task);
    }
  }
}
