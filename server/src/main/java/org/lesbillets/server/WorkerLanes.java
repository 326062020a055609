package org.lesbillets.server;

import java.util.List;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Workers;
import org.lesbillets.server.world.World;

/** The lanes of workers with their threads: "reader-1", "replay-1", "query-1" and so on. */
final class WorkerLanes implements AutoCloseable {
  /** Threads of each lane: half of the processors, so that others run beside them. */
  private static final int THREADS =
      Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors() / 2));

  /** Bound on the queued tasks of a session in each lane; it has fewer unanswered requests. */
  private static final int TASKS_PER_SESSION = 1_024;

  private final List<WorkerPool> pools;
  private final Workers workers;

  /**
   * @param onDeath callback for a task that throws
   */
  WorkerLanes(World world, Thread.UncaughtExceptionHandler onDeath) {
    WorkerPool readers = new WorkerPool(world, "reader", THREADS, onDeath);
    WorkerPool replayers = new WorkerPool(world, "replay", THREADS, onDeath);
    WorkerPool queriers = new WorkerPool(world, "query", THREADS, onDeath);
    this.pools = List.of(readers, replayers, queriers);
    this.workers =
        new Workers(
            new FairLane(readers, THREADS, TASKS_PER_SESSION),
            new FairLane(replayers, THREADS, TASKS_PER_SESSION, world.time()::nanos),
            new FairLane(queriers, THREADS, TASKS_PER_SESSION, world.time()::nanos));
  }

  Workers workers() {
    return workers;
  }

  void start() {
    pools.forEach(WorkerPool::start);
  }

  /** Drops the queued tasks, and ends the threads after the task each is at. */
  @Override
  public void close() {
    pools.forEach(WorkerPool::close);
  }
}
