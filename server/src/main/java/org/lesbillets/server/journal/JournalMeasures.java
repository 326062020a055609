package org.lesbillets.server.journal;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.lesbillets.server.measure.Distribution;

/** What a journal on disk has written, in numbers. Changed by its writer; any thread reads. */
public final class JournalMeasures {
  private static final double[] SHORT_SECONDS = {
    0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10
  };

  private final Distribution commits = Distribution.ofSeconds(SHORT_SECONDS);
  private final Distribution syncs = Distribution.ofSeconds(SHORT_SECONDS);
  private final Distribution batches =
      Distribution.ofNumbers(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_024);
  private final LongAdder checkpoints = new LongAdder();
  private final LongAdder checkpointFailures = new LongAdder();
  private final LongAdder checkSteps = new LongAdder();
  private volatile double checkpointSeconds;
  private volatile Sizes sizes;

  /**
   * Sizes in bytes.
   *
   * @param file of the database
   * @param log of the changes that are not in it yet
   * @param free on the disk, for this user
   */
  public record Sizes(long file, long log, long free) {}

  /**
   * A transaction was committed. The times are of a monotonic clock.
   *
   * @param written when its rows were written, and the sync began
   * @param synced when it was durable
   */
  public void committed(int events, long begun, long written, long synced) {
    if (events > 0) {
      batches.record(events);
      commits.record(synced - begun);
      syncs.record(synced - written);
    }
  }

  /** The log was copied into the database, at this time of the wall clock. */
  public void checkpointed(long epochMillis) {
    checkpoints.increment();
    checkpointSeconds = epochMillis / 1_000.0;
  }

  public void checkpointFailed() {
    checkpointFailures.increment();
  }

  /**
   * Counts the steps of the check that the first append waits for.
   *
   * @param stopped asked by the check at each step
   */
  public BooleanSupplier checking(BooleanSupplier stopped) {
    return () -> {
      checkSteps.increment();
      return stopped.getAsBoolean();
    };
  }

  /** The steps of that check: it advances while this number rises. */
  public long checkSteps() {
    return checkSteps.sum();
  }

  public void sized(Sizes now) {
    sizes = now;
  }

  /** How long transactions took. */
  public Distribution commits() {
    return commits;
  }

  /** How long their commits took, with the sync. */
  public Distribution syncs() {
    return syncs;
  }

  /** The events of a transaction. */
  public Distribution batches() {
    return batches;
  }

  public long checkpoints() {
    return checkpoints.sum();
  }

  public long checkpointFailures() {
    return checkpointFailures.sum();
  }

  /** When the last checkpoint was, in seconds since 1970; 0 before the first. */
  public double checkpointSeconds() {
    return checkpointSeconds;
  }

  /** Null before they were looked at, and of a journal that is in no file. */
  public Sizes sizes() {
    return sizes;
  }
}
