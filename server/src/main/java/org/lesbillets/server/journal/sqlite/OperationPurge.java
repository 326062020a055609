package org.lesbillets.server.journal.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.lesbillets.server.world.TimeSource;

/**
 * The expiry of idempotency keys, a batch of 256 a transaction, by the time the journal was open:
 * monotonic, and recorded in its meta row. The writer's thread.
 */
final class OperationPurge {
  private static final int LIMIT = 256;
  private static final long PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long MEMORY_MILLIS = Duration.ofHours(24).toMillis();

  /** The time the journal was open is recorded so often without an event. */
  private static final long IDLE_RECORD_MILLIS = Duration.ofHours(1).toMillis();

  private final SqliteAppends appends;
  private final TimeSource time;
  private final long startNanos;
  private final long startMillis;
  private long nextMillis;

  OperationPurge(SqliteAppends appends, TimeSource time) {
    this.appends = appends;
    this.time = time;
    this.startNanos = time.nanos();
    this.startMillis = appends.committed().ranMillis();
  }

  /** How long the journal was open, in all; a time that was not recorded before a kill is lost. */
  long ranMillis() {
    return startMillis + TimeUnit.NANOSECONDS.toMillis(time.nanos() - startNanos);
  }

  boolean isDue() {
    return ranMillis() >= nextMillis;
  }

  /** Deletes what is due, within the open transaction. */
  void run() throws SQLException {
    long now = ranMillis();
    if (now >= nextMillis) {
      int forgotten = appends.purge(now - MEMORY_MILLIS, LIMIT);
      nextMillis = now + (forgotten == LIMIT ? 0 : PAUSE_MILLIS);
    }
  }

  /**
   * Deletes what is due, and records the running time, in a transaction without events.
   *
   * @param last whether none follows: then a shorter time is worth a write
   */
  void runAlone(boolean last) throws SQLException {
    appends.begin();
    run();
    long unrecorded = ranMillis() - appends.committed().ranMillis();
    if (unrecorded >= (last ? PAUSE_MILLIS : IDLE_RECORD_MILLIS)) {
      appends.ran(ranMillis());
    }
    appends.commit();
  }
}
