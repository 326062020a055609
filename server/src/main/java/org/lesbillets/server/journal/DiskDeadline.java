package org.lesbillets.server.journal;

import java.util.concurrent.TimeUnit;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/**
 * A deadline of 2 s for each use of the disk by one thread, which calls {@link #enter} and {@link
 * #leave}. The loop "disk-watch" looks at it each 100 ms while the disk is used, and never uses it
 * itself. A pause of the whole process is forgiven: a look counts for 200 ms at most.
 *
 * <pre>
 *   IDLE --- enter ---> USED --- 2 s ---> STALLED
 *    ^                   |                   |
 *    +------ leave ------+------ leave ------+
 * </pre>
 */
public final class DiskDeadline implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final TimeSource time;
  private final Listener listener;
  private final Loop loop;
  private volatile boolean closed;

  /** The rest is guarded by this object's monitor. */
  private boolean used;

  private boolean stalled;

  /** Whether it was used since the last look; without a use the loop waits for the next one. */
  private boolean usedSince;

  private boolean waiting;
  private long usedNanos;
  private long lookedNanos;

  /** Callbacks under a monitor: they must not block, nor use the disk. */
  public interface Listener {
    /** The use of the disk lasts 2 s. The thread of the watch. */
    void stalled();

    /** The use that stalled lasts so long by now. The thread of the watch, every 100 ms. */
    default void lasts(long nanos) {}

    /** The use that stalled has ended. The thread that used the disk. */
    void answered();
  }

  public DiskDeadline(World world, Listener listener) {
    this.time = world.time();
    this.listener = listener;
    this.loop = world.loop("disk-watch", this::round);
  }

  /**
   * Starts the watch.
   *
   * @param onDeath callback if it dies: the disk is not watched any more
   */
  public void start(Thread.UncaughtExceptionHandler onDeath) {
    loop.start(onDeath);
  }

  /** A use of the disk begins; the deadline with it. */
  public synchronized void enter() {
    used = true;
    usedSince = true;
    usedNanos = 0;
    lookedNanos = time.nanos();
    if (waiting) {
      waiting = false;
      loop.wake();
    }
  }

  /** The use of the disk has ended. */
  public synchronized void leave() {
    used = false;
    if (stalled) {
      stalled = false;
      listener.answered();
    }
  }

  private long round() {
    long next = look();
    return closed ? Loop.END : next;
  }

  /**
   * Looks at the use, if there is one.
   *
   * @return nanoseconds until the next look; Long.MAX_VALUE for none before the next use
   */
  synchronized long look() {
    long now = time.nanos();
    usedNanos += Math.min(now - lookedNanos, 2 * LOOK_NANOS);
    lookedNanos = now;
    if (used && !stalled && usedNanos >= LIMIT_NANOS) {
      stalled = true;
      listener.stalled();
    }
    if (used && stalled) {
      listener.lasts(usedNanos);
    }
    waiting = !used && !usedSince;
    usedSince = false;
    return waiting ? Long.MAX_VALUE : LOOK_NANOS;
  }

  /** Whether the loop waits for the next use. */
  synchronized boolean isWaiting() {
    return waiting;
  }

  /** Ends the watch. */
  @Override
  public void close() {
    closed = true;
    loop.wake();
  }
}
