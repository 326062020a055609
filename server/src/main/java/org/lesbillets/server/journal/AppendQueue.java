package org.lesbillets.server.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The FIFO queue of appends: any thread adds, the journal's own thread takes them in batches (group
 * commit). Bounded: beyond {@link #CAPACITY} the outcome is {@link Outcome.Busy} at once
 * (back-pressure).
 */
public final class AppendQueue {
  /** Bound on the queued appends. */
  public static final int CAPACITY = 8_192;

  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final Runnable onAdded;

  /** Those that the journal's thread took last. */
  private final List<Pending> taken = new ArrayList<>();

  private final Queue<Runnable> probes = new ConcurrentLinkedQueue<>();

  private String refusal;
  private Obstacle stall;
  private boolean closed;

  /**
   * A queued append.
   *
   * @param stage completed once, with its outcome
   * @param begun set by the first to {@link #begin} it
   */
  public record Pending(Append append, CompletableFuture<Outcome> stage, AtomicBoolean begun) {
    private Pending(Append append) {
      this(append, new CompletableFuture<>(), new AtomicBoolean());
    }

    /**
     * Claims the append before it is written, by compare-and-set.
     *
     * @return false if it was answered already, and must not be written
     */
    public boolean begin() {
      return begun.compareAndSet(false, true);
    }

    private void giveUp(Obstacle obstacle) {
      stage.complete(begin() ? obstacle.outcome() : new Outcome.Unknown(obstacle.reason()));
    }

    private void declineUnlessBegun(Obstacle obstacle) {
      if (begin()) {
        stage.complete(obstacle.outcome());
      }
    }
  }

  /**
   * @param onAdded callback behind each addition, and the close: wakes the journal's thread; must
   *     not block
   */
  public AppendQueue(Runnable onAdded) {
    this.onAdded = onAdded;
  }

  /** Queues an append, or completes it at once when the queue is full or closed. Never blocks. */
  public CompletionStage<Outcome> add(Append append) {
    CompletionStage<Outcome> stage = queued(append);
    onAdded.run();
    return stage;
  }

  private synchronized CompletionStage<Outcome> queued(Append append) {
    if (refusal != null) {
      return CompletableFuture.completedFuture(new Outcome.ReadOnly(refusal));
    }
    if (waiting.size() >= CAPACITY) {
      return CompletableFuture.completedFuture(new Outcome.Busy());
    }
    if (stall != null) {
      return CompletableFuture.completedFuture(stall.outcome());
    }
    Pending pending = new Pending(append);
    waiting.add(pending);
    return pending.stage();
  }

  /**
   * Moves queued appends into {@code target}, once those taken before are done, and runs the
   * probes. Never blocks.
   *
   * @param limit at most so many, 1 or more
   * @return false once the queue is closed and empty
   */
  public boolean take(Collection<? super Pending> target, int limit) {
    runProbes();
    return moveSome(target, limit);
  }

  private synchronized boolean moveSome(Collection<? super Pending> target, int limit) {
    taken.clear();
    while (taken.size() < limit && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    target.addAll(taken);
    return !closed || !waiting.isEmpty();
  }

  /** Has the journal's thread run {@code probe} when it takes a batch. Never blocks. */
  public void probe(Runnable probe) {
    probes.add(probe);
    onAdded.run();
  }

  private void runProbes() {
    for (Runnable probe = probes.poll(); probe != null; probe = probes.poll()) {
      probe.run();
    }
  }

  /**
   * The journal's thread is stuck: answers what it took and what waits, Unknown if it was begun and
   * with the obstacle's outcome otherwise, and with that all that is added until {@link #resume}.
   * Any thread.
   */
  public synchronized void stall(Obstacle obstacle) {
    stall = obstacle;
    taken.forEach(pending -> pending.giveUp(obstacle));
    waiting.forEach(pending -> pending.giveUp(obstacle));
    waiting.clear();
  }

  /**
   * The journal's thread does something that takes long: as {@link #stall}, but what was begun is
   * left to that thread. Any thread.
   */
  public synchronized void pause(Obstacle obstacle) {
    stall = obstacle;
    taken.forEach(pending -> pending.declineUnlessBegun(obstacle));
    waiting.forEach(pending -> pending.declineUnlessBegun(obstacle));
    waiting.clear();
  }

  public synchronized void resume() {
    stall = null;
  }

  public synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether every append that was queued has its outcome. Any thread. */
  public synchronized boolean isAnswered() {
    return waiting.isEmpty() && taken.stream().allMatch(pending -> pending.stage().isDone());
  }

  /** Whether a redaction waits, here or among those that were taken. */
  public synchronized boolean redacts(Collection<Pending> ofTaken) {
    return Stream.of(ofTaken, waiting)
        .flatMap(Collection::stream)
        .anyMatch(pending -> pending.append().redacts());
  }

  /** Answers every later append with ReadOnly for this reason; the first reason is kept. */
  public synchronized void refuse(String reason) {
    if (refusal == null) {
      refusal = reason;
    }
  }

  /** Refuses further appends; the queued ones can still be taken. */
  public void close() {
    synchronized (this) {
      refuse("the journal is closed");
      closed = true;
    }
    onAdded.run();
  }
}
