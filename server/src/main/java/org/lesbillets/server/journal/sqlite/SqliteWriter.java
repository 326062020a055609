package org.lesbillets.server.journal.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.lesbillets.server.journal.AppendQueue;
import org.lesbillets.server.journal.DiskDeadline;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalMeasures;
import org.lesbillets.server.journal.OpenFiles;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.StalledDisk;
import org.lesbillets.server.journal.Tail;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.journal.sqlite.StatementCache.IndexCheck;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer of the file, on the thread "journal-writer". Group commit: all queued appends,
 * up to 1,024 or about 4 MiB, become one transaction, acknowledged only while its files are in
 * their places; those are checked each second, too.
 *
 * <pre>
 *   OPEN --- write or commit fails, a file is gone, the listener fails ---> READ_ONLY (poisoned)
 *     | ^
 *     | | another program's lock: the batch is answered Busy
 *     +-+
 * </pre>
 */
final class SqliteWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteWriter.class);
  private static final int BATCH = 1_024;
  static final long IDLE_NANOS = 1_000_000_000;

  private final SqliteAppends appends;
  private final SqliteCheckpoints checkpoints;
  private final WitnessedCommit witnessed;
  private final OpenFiles files;
  private final OperationPurge purge;
  private final Tail tail;
  private final AppendQueue queue;
  private final Deque<AppendQueue.Pending> waiting = new ArrayDeque<>();
  private final World world;
  private final Loop loop;
  private final DiskDeadline deadline;
  final IndexCheck indexes;
  private final StalledDisk stalled;
  private volatile SqliteBatch inFlight;
  private volatile int uncertain;
  private boolean closed;
  private volatile long head;

  /**
   * @param witness of the journal, closed with it
   * @throws IOException if a file that was opened cannot be found
   */
  SqliteWriter(SqliteCheckpoints checkpoints, Witness witness, World world, Tail tail)
      throws IOException {
    this.checkpoints = checkpoints;
    this.appends = checkpoints.appends();
    this.witnessed = new WitnessedCommit(appends, witness, world.time());
    this.files = SqliteFile.open(appends.file(), witness.file());
    this.purge = new OperationPurge(appends, world.time());
    this.tail = tail;
    this.head = appends.head();
    this.world = world;
    this.loop = world.loop("journal-writer", this::round);
    this.indexes =
        new IndexCheck(checkpoints::checkIndexes, appends.file(), this::poison, loop::wake);
    this.queue = new AppendQueue(loop::wake);
    this.stalled = new StalledDisk(queue, appends.file(), measures());
    this.deadline = new DiskDeadline(world, stalled);
  }

  void start() {
    loop.start(this::died);
    deadline.start(this::died);
  }

  Witness witness() {
    return witnessed.witness();
  }

  String journalId() {
    return appends.committed().journalId();
  }

  AppendQueue queue() {
    return queue;
  }

  JournalMeasures measures() {
    return checkpoints.measures();
  }

  long head() {
    return head;
  }

  /** Why nothing is written at the moment, or null. Any thread. */
  String obstacle() {
    String reason = stalled.reason();
    return reason == null ? checkpoints.obstacle() : reason;
  }

  /** Any thread. */
  Journal.Uncertain uncertain() {
    SqliteBatch batch = inFlight;
    int changes = uncertain + (batch == null ? 0 : batch.size());
    return changes == 0 ? Journal.Uncertain.NONE : new Journal.Uncertain(changes, head + 1);
  }

  /** Answers all that is under way, since the server stops. Any thread. */
  void settle() {
    indexes.stop();
    stalled.settle();
  }

  private void died(Thread thread, Throwable cause) {
    LOG.error("the thread {} died", thread.getName(), cause);
    indexes.end("the thread " + thread.getName() + " died: restart the server");
  }

  private long round() {
    indexes.run(false);
    boolean more = !waiting.isEmpty() || queue.take(waiting, BATCH);
    if (!waiting.isEmpty()) {
      boolean checked = indexes.run(true);
      tail.exclusively(() -> writeSome(checked));
      scrub();
      return more && waiting.isEmpty() && queue.isEmpty() ? witnessed.nanosToNext() : 0;
    }
    if (tail.failure() == null && inPlace()) {
      upkeep(checkpoints::run);
      if (!more || purge.isDue()) {
        upkeep(() -> purge.runAlone(!more));
      }
    }
    if (more) {
      scrub();
    } else {
      witnessed.dismiss("the server stops");
    }
    return more ? witnessed.nanosToNext() : Loop.END;
  }

  /** Removes what was redacted from the files, between transactions. */
  private void scrub() {
    if (witnessed.isScrubDue(queue.redacts(waiting))) {
      stalled.rewriting(true);
      upkeep(witnessed::scrub);
      stalled.rewriting(false);
    }
    witnessed.answerLate(tail.failure());
  }

  private void writeSome(boolean checked) {
    if (tail.failure() != null) {
      answerWaiting(new Outcome.ReadOnly(tail.failure()));
    } else if (!checked) {
      answerWaiting(new Outcome.Busy("the server stops before its journal is checked"));
    } else if (checkpoints.isObstructed(this::upkeep)) {
      answerWaiting(new Outcome.Busy(checkpoints.obstacle()));
    } else {
      writeBatch();
    }
  }

  private void writeBatch() {
    SqliteBatch batch = new SqliteBatch();
    inFlight = batch;
    long begun = world.time().nanos();
    stalled.rewriting(waiting.peek().append().redacts());
    deadline.enter();
    try {
      appends.begin();
      batch.apply(waiting, appends, purge.ranMillis());
      purge.run();
      long written = world.time().nanos();
      witnessed.commit(batch);
      measures().committed(batch.size(), begun, written, world.time().nanos());
      if (!inPlace() || !tail.acknowledge(() -> deliver(batch))) {
        doubt(batch, tail.failure());
        return;
      }
      inFlight = null;
      upkeep(() -> checkpoints.committed(batch.size(), batch.bytes()));
    } catch (SQLException | RuntimeException e) {
      giveUp(batch, e);
    } finally {
      inFlight = null;
      deadline.leave();
      stalled.rewriting(false);
    }
  }

  /** The batch may have been written or not. */
  private void doubt(SqliteBatch batch, String reason) {
    uncertain += batch.size();
    inFlight = null;
    batch.answer(new Outcome.Unknown(reason));
  }

  /** Work without events; when it fails, that is a failed write. */
  private void upkeep(SqliteCheckpoints.Upkeep due) {
    deadline.enter();
    try {
      if (tail.failure() == null) {
        due.run();
      }
    } catch (SQLException | RuntimeException e) {
      giveUp(new SqliteBatch(), e);
    } finally {
      deadline.leave();
    }
  }

  private void answerWaiting(Outcome outcome) {
    waiting.forEach(pending -> pending.stage().complete(outcome));
    waiting.clear();
  }

  /** Whether what was written can be found again; if not, the journal is poisoned. */
  private boolean inPlace() {
    deadline.enter();
    files.misplaced().ifPresent(this::poison);
    deadline.leave();
    return tail.failure() == null;
  }

  private void deliver(SqliteBatch batch) {
    batch.deliver(
        event -> {
          head = event.revision();
          if (!tail.deliver(event)) {
            poison("the server made a mistake with event " + event.revision() + ": restart it");
          }
        });
    witnessed.answer(batch);
  }

  private void giveUp(SqliteBatch batch, Exception trouble) {
    appends.rollBack();
    String reason = SqliteErrorMessages.reason(appends.file(), trouble);
    if (batch.isUnwritten() && SqliteErrorMessages.isBusy(trouble)) {
      LOG.warn("another program holds {}: changes are answered BUSY", appends.file());
      batch.answer(new Outcome.Busy(reason));
      answerWaiting(new Outcome.Busy(reason));
      return;
    }
    SqliteErrorMessages.log(trouble);
    poison(reason);
    doubt(batch, reason);
  }

  /** Takes nothing any more, for this reason. Any thread. */
  void poison(String reason) {
    queue.refuse(reason);
    if (tail.fail(reason)) {
      LOG.error("nothing more is written: {}", reason);
    }
  }

  /**
   * Writes the queued appends, and ends the thread. A check that no append waits for is stopped.
   *
   * @return false if it has not ended within 2.5 s, or the disk does not answer
   */
  boolean finish() {
    queue.close();
    if (queue.isAnswered()) {
      indexes.stop();
    }
    world.await(() -> !loop.isRunning() || stalled.reason() != null, Duration.ofMillis(2_500));
    deadline.close();
    return !loop.isRunning();
  }

  /**
   * Closes the file, and has the witness record a clean end unless a write failed. Last of all: the
   * last connection to close removes the write-ahead log, by its name. So it stays open when that
   * name is another file's by now, until the process ends.
   */
  @Override
  public void close() {
    if (closed || files.misplaced().isPresent()) {
      return;
    }
    closed = true;
    if (tail.failure() == null) {
      checkpoints.finish();
    }
    witnessed.close(tail.failure() == null);
  }
}
