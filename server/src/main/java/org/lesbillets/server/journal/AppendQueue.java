package org.lesbillets.server.journal;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What waits to be written. Any thread adds, the journal's own thread takes. Bounded: beyond {@link
 * #CAPACITY} the outcome is {@link Outcome.Busy} at once.
 */
public final class AppendQueue {
  /** How many appends may wait. */
  public static final int CAPACITY = 8_192;

  private final Deque<Pending> waiting = new ArrayDeque<>();
  private String refusal;
  private boolean closed;

  /**
   * An append that waits.
   *
   * @param stage to be completed once, with its outcome
   */
  public record Pending(Append append, CompletableFuture<Outcome> stage) {}

  /** Adds an append, or answers it at once where it cannot be taken. Never blocks. */
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
   * Moves what waits into {@code target}, after waiting for something to come if nothing is there.
   *
   * @param limit at most so many, 1 or more
   * @param patienceMillis come back with nothing after so long; 0 waits for ever
   * @return whether there will be more; false once the queue is closed and empty
   */
  public synchronized boolean take(
      Collection<? super Pending> target, int limit, long patienceMillis) {
    if (waiting.isEmpty() && !closed) {
      await(patienceMillis);
    }
    for (int taken = 0; taken < limit && !waiting.isEmpty(); taken++) {
      target.add(waiting.remove());
    }
    return !closed || !waiting.isEmpty();
  }

  private void await(long patienceMillis) {
    try {
      do {
        wait(patienceMillis);
      } while (patienceMillis == 0 && waiting.isEmpty() && !closed);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a journal's thread", e);
    }
  }

  /** From now on every new append is answered ReadOnly for this reason; the first reason stays. */
  public synchronized void refuse(String reason) {
    if (refusal == null) {
      refusal = reason;
    }
  }

  /** Takes no more; what waits can still be taken out. */
  public synchronized void close() {
    refuse("the journal is closed");
    closed = true;
    notifyAll();
  }
}
