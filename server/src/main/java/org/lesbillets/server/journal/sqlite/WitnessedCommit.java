package org.lesbillets.server.journal.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.world.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commit of a transaction and its record in the witness. That of a redaction changes events the
 * witness has seen, so it is announced before (write-ahead); the announcement stays, over restarts,
 * until what was removed is in no file any more, and so does the answer of the redaction, as long
 * as that is likely to be soon. The writer's thread; holds as many answers as there are redactions
 * in a few seconds.
 */
final class WitnessedCommit {
  private static final Logger LOG = LoggerFactory.getLogger(WitnessedCommit.class);

  /** What an earlier process has left is removed once the server has started. */
  private static final Duration AFTER_START = Duration.ofSeconds(1);

  /** Between two attempts, where someone asks again. */
  private static final long AGAIN_NANOS = Duration.ofSeconds(2).toNanos();

  /** How long one redaction waits for those behind it, to be finished with them. */
  private static final long GATHER_NANOS = Duration.ofSeconds(5).toNanos();

  private final SqliteAppends appends;
  private final Witness witness;
  private final SqliteScrub scrub;
  private final TimeSource time;
  private final List<Held> held = new ArrayList<>();
  private SqliteScrub.Obstacle obstacle;
  private long attemptedNanos;
  private long nextNanos;
  private boolean ended;

  /** A redaction that is committed, and answered once its old bytes are gone. */
  private record Held(SqliteBatch batch, long sinceNanos) {}

  WitnessedCommit(SqliteAppends appends, Witness witness, TimeSource time) {
    this.appends = appends;
    this.witness = witness;
    this.scrub = appends.scrub();
    this.time = time;
    if (witness.announces()) {
      scrub.begin();
      nextNanos = time.nanos() + AFTER_START.toNanos();
      LOG.warn(
          "the end of an earlier server may have left what was redacted in the files of {}: it is"
              + " removed now",
          appends.file());
    }
  }

  Witness witness() {
    return witness;
  }

  /**
   * Commits the open transaction.
   *
   * @throws SQLException if it may not have been committed
   * @throws org.lesbillets.server.journal.JournalException if the witness cannot be written
   */
  void commit(SqliteBatch batch) throws SQLException {
    witness.reserve(appends.head());
    if (!batch.redacted()) {
      appends.commit();
      witness.committed(appends.head(), appends.committed().chain());
      return;
    }
    witness.expect(appends.head(), appends.chain());
    if (!scrub.isDue()) {
      nextNanos = time.nanos();
    }
    scrub.begin();
    appends.commit();
    witness.committedAsExpected(appends.head(), appends.committed().chain());
  }

  /** Answers a batch that was delivered, now or when what it redacts is in no file any more. */
  void answer(SqliteBatch batch) {
    if (!batch.awaitsScrub() || !scrub.isDue()) {
      batch.answer();
    } else if (scrub.hasNewChance()) {
      held.add(new Held(batch, time.nanos()));
      long again = obstacle == null ? time.nanos() : attemptedNanos + AGAIN_NANOS;
      nextNanos -= Math.max(0, nextNanos - again);
    } else {
      batch.answer(new Outcome.Unfinished(obstacle.reason()));
    }
  }

  /**
   * Whether old bytes are to be removed now.
   *
   * @param more whether a further redaction waits, after which they had to be removed once more
   */
  boolean isScrubDue(boolean more) {
    boolean gathers =
        more && !held.isEmpty() && time.nanos() - held.get(0).sinceNanos < GATHER_NANOS;
    return isScrubAhead() && nanosToScrub() == 0 && !gathers;
  }

  /** Nanoseconds until they are; a second at most. */
  long nanosToNext() {
    return isScrubAhead()
        ? Math.min(nanosToScrub(), SqliteWriter.IDLE_NANOS)
        : SqliteWriter.IDLE_NANOS;
  }

  private boolean isScrubAhead() {
    return scrub.isDue() && !ended;
  }

  private long nanosToScrub() {
    return Math.max(0, nextNanos - time.nanos());
  }

  /**
   * Removes old bytes as far as that is possible now.
   *
   * @throws SQLException if the disk fails
   */
  void scrub() throws SQLException {
    // First: an attempt that fails is not to be followed by another at once.
    attemptedNanos = time.nanos();
    nextNanos = attemptedNanos + AGAIN_NANOS;
    SqliteScrub.Obstacle found = scrub.attempt();
    attemptedNanos = time.nanos();
    if (found == null) {
      witness.settled();
      held.forEach(one -> one.batch.answer());
      held.clear();
      LOG.info("what was redacted is in no file of {} any more", appends.file());
    } else {
      if (obstacle == null || !found.reason().equals(obstacle.reason())) {
        LOG.warn(
            "what was redacted may still be in the files of {}: {}. It is tried again until it"
                + " succeeds, also by the next server",
            appends.file(),
            found.reason());
      }
      nextNanos = attemptedNanos + found.pause().toNanos();
    }
    obstacle = found;
  }

  /**
   * Answers those that have waited long enough for what is in the way.
   *
   * @param failure why nothing is removed any more; null if it is
   */
  void answerLate(String failure) {
    if (failure != null) {
      dismiss(failure);
    } else if (obstacle != null) {
      long late = time.nanos() - obstacle.patience().toNanos();
      answer(Math.min(late, attemptedNanos), obstacle.reason());
    }
  }

  /** Answers all that wait, since nothing is removed any more before the next start. */
  void dismiss(String reason) {
    ended = true;
    answer(time.nanos(), reason);
  }

  /**
   * Closes the files.
   *
   * @param cleanly whether all that was written is known to be there
   */
  void close(boolean cleanly) {
    try (witness) {
      appends.close();
      if (cleanly) {
        witness.end(appends.committed().nextRevision() - 1);
      }
    } catch (SQLException e) {
      throw SqliteErrorMessages.explained(appends.file(), e);
    }
  }

  private void answer(long since, String reason) {
    held.removeIf(
        one -> {
          boolean late = one.sinceNanos - since <= 0;
          if (late) {
            one.batch.answer(new Outcome.Unfinished(reason));
          }
          return late;
        });
  }
}
