package org.lesbillets.server.world;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The world of a process: system clocks, random UUIDs, and a daemon thread for each loop. Any
 * thread.
 */
record SystemWorld(TimeSource time) implements World {
  private static final long POLL_MILLIS = 5;

  @Override
  public UUID newId() {
    return UUID.randomUUID();
  }

  @Override
  public Loop loop(String name, Loop.Body body) {
    return new ThreadLoop(name, body);
  }

  @Override
  public Processes processes() {
    return new ProcessTable(Path.of("/proc"));
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * A loop on a thread of its own, which parks between rounds.
   *
   * <p>No wake-up is lost: a wake sets {@code woken} before it reads {@code parked}, and the thread
   * sets {@code parked} before it reads {@code woken}, both volatile.
   */
  private static final class ThreadLoop implements Loop {
    private final Body body;
    private final Thread thread;
    private volatile boolean woken;
    private volatile boolean parked;

    ThreadLoop(String name, Body body) {
      this.body = body;
      this.thread = new Thread(this::run, name);
      this.thread.setDaemon(true);
    }

    @Override
    public void start(Thread.UncaughtExceptionHandler onDeath) {
      thread.setUncaughtExceptionHandler(onDeath);
      thread.start();
    }

    private void run() {
      long nanos = 0;
      while (nanos != END) {
        woken = false;
        nanos = body.round();
        if (nanos > 0 && !woken) {
          park(nanos);
        }
      }
    }

    private void park(long nanos) {
      parked = true;
      if (!woken) {
        LockSupport.parkNanos(this, nanos);
      }
      parked = false;
    }

    @Override
    public void wake() {
      if (!woken) {
        woken = true;
      }
      if (parked) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public boolean isRunning() {
      return thread.isAlive();
    }

    @Override
    public boolean isCurrent() {
      return Thread.currentThread() == thread;
    }

    @Override
    public void join(long timeoutMillis) {
      try {
        thread.join(timeoutMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
