package org.lesbillets.server.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.server.desk.TimeSource;

/**
 * The one thread that writes to clients. It owns what every session is to be sent; others post
 * tasks to it. When the log grew it goes round all sessions once, and each that is free to write
 * sends everything between its cursor and the head in one write: a lone event leaves at once, a
 * burst leaves joined.
 *
 * <p>Four times a second it looks for sessions that stall, fell behind, or fell silent. A pause of
 * its own process is no peer's silence.
 */
public final class Drainer implements AutoCloseable {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** A tick later than this was delayed by a pause of this process, in which it read nothing. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long JOIN_MILLIS = 1_000;
  private static final int TASKS_PER_ROUND = 4_096;

  private final TimeSource time;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Set<ClientSession> sessions = new LinkedHashSet<>();
  private final Thread thread = new Thread(this::run, "drainer");
  private volatile boolean parked;
  private volatile boolean grown;
  private volatile boolean running = true;
  private long nextTickNanos;

  public Drainer(TimeSource time) {
    this.time = time;
    this.nextTickNanos = time.nanos() + TICK_NANOS;
    thread.setDaemon(true);
  }

  /**
   * Starts the thread.
   *
   * @param onDeath told if it dies: nobody hears anything any more
   */
  public void start(Thread.UncaughtExceptionHandler onDeath) {
    thread.setUncaughtExceptionHandler(onDeath);
    thread.start();
  }

  /** There is more in the log. Any thread. */
  public void logGrew() {
    grown = true;
    wake();
  }

  /** Has {@code task} run on the drainer's thread, in the order of posting. Any thread. */
  void post(Runnable task) {
    tasks.add(task);
    wake();
  }

  private void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  boolean isOwnThread() {
    return Thread.currentThread() == thread;
  }

  /** From now on the session is written to. The drainer's thread. */
  void add(ClientSession session) {
    sessions.add(session);
  }

  /** The session is over. The drainer's thread. */
  void remove(ClientSession session) {
    sessions.remove(session);
  }

  private void run() {
    while (running) {
      boolean worked = runTasks();
      if (grown) {
        grown = false;
        pumpAll();
        worked = true;
      }
      tickIfDue();
      if (!worked) {
        park();
      }
    }
    runTasks();
  }

  /** So many and no more: whoever posts without end keeps nobody else from being written to. */
  private boolean runTasks() {
    int run = 0;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      if (++run == TASKS_PER_ROUND) {
        break;
      }
    }
    return run > 0;
  }

  private void pumpAll() {
    for (ClientSession session : everybody()) {
      session.pump();
    }
  }

  /** A copy: a session that is cut leaves while the others are gone round. */
  private List<ClientSession> everybody() {
    return new ArrayList<>(sessions);
  }

  private void tickIfDue() {
    long now = time.nanos();
    long late = now - nextTickNanos;
    if (late >= 0) {
      nextTickNanos = now + TICK_NANOS;
      for (ClientSession session : everybody()) {
        session.tick(now, late > PAUSE_NANOS ? late : 0);
      }
    }
  }

  private void park() {
    parked = true;
    if (tasks.isEmpty() && !grown && running) {
      LockSupport.parkNanos(this, Math.max(1, nextTickNanos - time.nanos()));
    }
    parked = false;
  }

  /** Stops the thread after what was posted. */
  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
