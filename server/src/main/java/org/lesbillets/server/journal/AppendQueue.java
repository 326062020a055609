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
  private String refusal;
  private boolean closed;

  /**
   * A queued append.
   *
   * @param stage completed once, with its outcome
   */
  public record Pending(Append append, CompletableFuture<Outcome> stage) {}

  /** Queues an append, or completes it at once when the queue is full or closed. Never blocks. */
  public synchronized CompletionStage<Outcome> add(Append append) {
    if (refusal != null) {
      return CompletableFuture.completedFuture(new Outcome.ReadOnly(refusal));
    }
    if (waiting.size() >= CAPACITY) {
      return CompletableFuture.completedFuture(new Outcome.Busy());
    }
    Pending pending = new Pending(append, new CompletableFuture<>());
    waiting.add(pending);
    notifyAll();
    return pending.stage();
  }

  /**
   * Moves queued appends into {@code target}; blocks while there are none.
   *
   * @param limit at most so many, 1 or more
   * @param timeoutMillis after which nothing is moved; 0 for no timeout
   * @return false once the queue is closed and empty
   */
  public synchronized boolean take(
      Collection<? super Pending> target, int limit, long timeoutMillis) {
    if (waiting.isEmpty() && !closed) {
      await(timeoutMillis);
    }
    for (int taken = 0; taken < limit && !waiting.isEmpty(); taken++) {
      target.add(waiting.remove());
    }
    return !closed || !waiting.isEmpty();
  }

  private void await(long timeoutMillis) {
    try {
      do {
        wait(timeoutMillis);
      } while (timeoutMillis == 0 && waiting.isEmpty() && !closed);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a journal's thread", e);
    }
  }

  /** Answers every later append with ReadOnly for this reason; the first reason is kept. */
  public synchronized void refuse(String reason) {
    if (refusal == null) {
      refusal = reason;
    }
  }

  /** Refuses further appends; the queued ones can still be taken. */
  public synchronized void close() {
    refuse("the journal is closed");
    closed = true;
    notifyAll();
  }
}
