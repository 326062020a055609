package org.lesbillets.server.world;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for calls that may block for as long as a directory server does not answer, so that no
 * other thread waits for them. Any thread asks; a bounded number of daemon threads, which end when
 * they are idle, and a bounded queue: a call beyond both fails.
 */
public final class BlockingCalls implements Executor, AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor pool;

  /**
   * @param name of the threads, before their number
   * @param threads at most so many calls at a time
   * @param waiting at most so many calls that wait for a thread
   */
  public BlockingCalls(String name, int threads, int waiting) {
    AtomicInteger count = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waiting),
            task -> {
              Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Makes a call on one of the threads.
   *
   * @param deadline from now on, the wait for a thread included; the call itself is not ended
   * @return fails with what the call throws, after the deadline, or at once beyond the bound
   */
  public <T> CompletableFuture<T> call(Duration deadline, Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      pool.execute(
          () -> {
            try {
              if (!result.isDone()) {
                result.complete(call.call());
              }
            } catch (Exception | Error e) {
              result.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(e);
    }
    return result.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Runs a task on one of the threads.
   *
   * @throws RejectedExecutionException beyond the bound
   */
  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
