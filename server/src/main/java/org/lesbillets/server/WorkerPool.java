package org.lesbillets.server;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.World;

/**
 * The threads of one lane of workers, which read the journal, evaluate queries and encode long
 * answers. Any thread submits; FIFO. Bounded by its lane, which has as many tasks here as there are
 * threads. A task that throws is a mistake of ours, reported and survived.
 */
final class WorkerPool implements Executor, AutoCloseable {
  private final Thread.UncaughtExceptionHandler onDeath;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<Loop> workers;
  private volatile boolean closed;

  /**
   * @param name of the threads, before a hyphen and their number
   * @param onDeath callback for a task that throws
   */
  WorkerPool(World world, String name, int size, Thread.UncaughtExceptionHandler onDeath) {
    this.onDeath = onDeath;
    this.workers =
        IntStream.rangeClosed(1, size)
            .mapToObj(number -> world.loop(name + "-" + number, this::round))
            .toList();
  }

  void start() {
    workers.forEach(worker -> worker.start(onDeath));
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    workers.forEach(Loop::wake);
  }

  private long round() {
    Runnable task = closed ? null : tasks.poll();
    if (task != null) {
      run(task);
      return 0;
    }
    return closed ? Loop.END : Long.MAX_VALUE;
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      onDeath.uncaughtException(Thread.currentThread(), e);
    }
  }

  /** Drops the queued tasks, and ends the threads after the task each is at. */
  @Override
  public void close() {
    closed = true;
    workers.forEach(Loop::wake);
  }
}
