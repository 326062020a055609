package org.lesbillets.server.journal;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
  private String refusal;
  private boolean closed;

  /**
   * A queued append.
   *
   * @param stage completed once, with its outcome
   */
  public record Pending(Append append, CompletableFuture<Outcome> stage) {}

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
    Pending pending = new Pending(append, new CompletableFuture<>());
    waiting.add(pending);
    return pending.stage();
  }

  /**
   * Moves queued appends into {@code target}. Never blocks.
   *
   * @param limit at most so many, 1 or more
   * @return false once the queue is closed and empty
   */
  public synchronized boolean take(Collection<? super Pending> target, int limit) {
    for (int taken = 0; taken < limit && !waiting.isEmpty(); taken++) {
      target.add(waiting.remove());
    }
    return !closed || !waiting.isEmpty();
  }

  public synchronized boolean isEmpty() {
    return waiting.isEmpty();
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
