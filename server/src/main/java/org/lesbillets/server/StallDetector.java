package org.lesbillets.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watchdog of the server's threads. Once a second it sends a probe through the queue of each,
 * behind the work that is queued there, and measures how long the probe is under way. At most one
 * probe per thread is under way. The clock forgives pauses of the whole process; the loop
 * "watchdog" reads it every 250 ms, so that this holds also when the drainer, which does the same,
 * is stalled.
 *
 * <pre>
 *   IDLE --- sent ---> UNDER WAY --- 8 s ---> STALLED
 *    ^                     |                     |
 *    +------ arrives ------+------ arrives ------+
 * </pre>
 *
 * <p>Any thread may ask; lock-free.
 */
final class StallDetector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StallDetector.class);
  static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(8);
  static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long SEND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TimeSource time;
  private final Loop loop;
  private final List<Probe> probes;
  private long sentNanos;
  private volatile boolean closed;

  /**
   * A thread with a queue.
   *
   * @param thread its name
   * @param way adds the task that {@link Probe#queue} returns to the queue; must not block
   * @param excused whether its probe may be late at the moment: no stall then; asked at each look
   */
  record Stage(String thread, Consumer<Probe> way, BooleanSupplier excused) {}

  /** Whether a count rises, from one look to the next. For the stage of one thread. */
  static final class Progress {
    private final LongSupplier count;
    private long last;

    Progress(LongSupplier count) {
      this.count = count;
    }

    boolean advances() {
      long before = last;
      last = count.getAsLong();
      return last != before;
    }
  }

  /** The probe of one stage, sent again after it arrived. */
  static final class Probe {
    private final Stage stage;
    private final TimeSource time;
    private volatile boolean underWay;
    private volatile boolean queued;
    private volatile long queuedNanos;
    private volatile long accountableNanos;
    private volatile long lastNanos;
    private boolean stalled;

    private Probe(Stage stage, TimeSource time) {
      this.stage = stage;
      this.time = time;
    }

    private void send() {
      if (!underWay) {
        underWay = true;
        stage.way().accept(this);
      }
    }

    /**
     * It enters the queue of its stage.
     *
     * @return the task that its thread is to run
     */
    Runnable queue() {
      long now = time.nanos();
      queuedNanos = now;
      accountableNanos = now;
      queued = true;
      return this::arrive;
    }

    private void arrive() {
      lastNanos = time.nanos() - queuedNanos;
      queued = false;
      underWay = false;
    }

    /** Nanoseconds for which it is queued; of one that has arrived, for which it was. */
    long ageNanos() {
      return queued ? Math.max(0, time.nanos() - queuedNanos) : lastNanos;
    }

    private void look() {
      if (stage.excused().getAsBoolean()) {
        accountableNanos = time.nanos();
      }
      if (stalled != isStalled()) {
        stalled = !stalled;
        if (stalled) {
          LOG.error(sentence());
        } else {
          LOG.warn("The thread {} works again", stage.thread());
        }
      }
    }

    private long stalledNanos() {
      return queued ? time.nanos() - accountableNanos : 0;
    }

    private boolean isStalled() {
      return stalledNanos() >= LIMIT_NANOS;
    }

    private String sentence() {
      return "The thread %s has been stuck for %d s: restart the server if it stays so."
          .formatted(stage.thread(), TimeUnit.NANOSECONDS.toSeconds(stalledNanos()));
    }
  }

  StallDetector(World world, List<Stage> stages) {
    this.time = world.time();
    this.probes = stages.stream().map(stage -> new Probe(stage, time)).toList();
    this.sentNanos = time.nanos() - SEND_NANOS;
    this.loop = world.loop("watchdog", this::round);
  }

  /**
   * Starts to watch.
   *
   * @param onDeath callback if the loop dies: stalls are not found any more
   */
  void start(Thread.UncaughtExceptionHandler onDeath) {
    loop.start(onDeath);
  }

  private long round() {
    if (closed) {
      return Loop.END;
    }
    look();
    return LOOK_NANOS;
  }

  void look() {
    long now = time.nanos();
    boolean due = now - sentNanos >= SEND_NANOS;
    if (due) {
      sentNanos = now;
    }
    for (Probe probe : probes) {
      if (due) {
        probe.send();
      }
      probe.look();
    }
  }

  /** A sentence about the first thread that is stalled. */
  Optional<String> trouble() {
    return probes.stream().filter(Probe::isStalled).findFirst().map(Probe::sentence);
  }

  /** How long work waits for its thread, in nanoseconds, by {@link Probe#ageNanos}. */
  long ageNanos(String thread) {
    return probes.stream()
        .filter(probe -> probe.stage.thread().equals(thread))
        .findFirst()
        .orElseThrow()
        .ageNanos();
  }

  /** Ends the watch. */
  @Override
  public void close() {
    closed = true;
    loop.wake();
  }
}
