package org.lesbillets.server.journal.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.AppendQueue;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.OpenFiles;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tail;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer of the file, on the thread "journal-writer". Group commit: all queued appends,
 * up to 1,024 or about 4 MiB, become one transaction, which is acknowledged only while its files
 * are in their places; they are looked after each second, too.
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
  private static final int BATCH_BYTES = 4 << 20;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private final SqliteAppends appends;
  private final Witness witness;
  private final SqliteCheckpoints checkpoints;
  private final OpenFiles files;
  private final Path file;
  private final OperationPurge purge;
  private final Tail tail;
  private final AppendQueue queue = new AppendQueue(this::wake);
  private final Deque<AppendQueue.Pending> waiting = new ArrayDeque<>();
  private final Loop loop;
  private boolean closed;
  private volatile long head;
  private volatile long commits;

  private record Written(AppendQueue.Pending pending, SqliteAppends.Applied applied) {}

  /**
   * @param witness of the journal, closed with it
   * @throws IOException if a file that was opened cannot be found
   */
  SqliteWriter(SqliteCheckpoints checkpoints, Witness witness, World world, Tail tail)
      throws IOException {
    this.checkpoints = checkpoints;
    this.appends = checkpoints.appends();
    this.witness = witness;
    this.files = SqliteFile.open(appends.file(), witness.file());
    this.file = appends.file();
    this.purge = new OperationPurge(appends, world.time());
    this.tail = tail;
    this.head = appends.head();
    this.loop = world.loop("journal-writer", this::round);
  }

  void start() {
    loop.start(this::died);
  }

  Witness witness() {
    return witness;
  }

  String journalId() {
    return appends.committed().journalId();
  }

  CompletionStage<Outcome> append(Append append) {
    return queue.add(append);
  }

  long head() {
    return head;
  }

  /** Why nothing is written at the moment, or null. Any thread. */
  String obstacle() {
    return checkpoints.obstacle();
  }

  /** The number of transactions with events. */
  long commits() {
    return commits;
  }

  private void wake() {
    loop.wake();
  }

  private void died(Thread thread, Throwable cause) {
    LOG.error("the thread {} died", thread.getName(), cause);
    poison("the thread " + thread.getName() + " died: restart the server");
  }

  private long round() {
    boolean more = !waiting.isEmpty() || queue.take(waiting, BATCH);
    if (!waiting.isEmpty()) {
      tail.exclusively(this::writeSome);
      return more && waiting.isEmpty() && queue.isEmpty() ? IDLE_NANOS : 0;
    }
    if (tail.failure() == null && inPlace()) {
      upkeep(checkpoints::run);
      if (!more || purge.isDue()) {
        upkeep(() -> purge.runAlone(!more));
      }
    }
    return more ? IDLE_NANOS : Loop.END;
  }

  private void writeSome() {
    if (tail.failure() != null) {
      answer(new ArrayList<>(waiting), new Outcome.ReadOnly(tail.failure()));
      waiting.clear();
      return;
    }
    if (checkpoints.obstacle() != null) {
      upkeep(checkpoints::run);
      if (checkpoints.obstacle() != null) {
        busy(checkpoints.obstacle());
        return;
      }
    }
    writeBatch();
  }

  private void writeBatch() {
    List<AppendQueue.Pending> batch = new ArrayList<>();
    try {
      appends.begin();
      List<Written> written = apply(batch);
      purge.run();
      witness.reserve(appends.head());
      appends.commit();
      witness.committed(appends.head(), appends.committed().chain());
      if (!inPlace() || !tail.acknowledge(() -> deliver(written))) {
        answer(batch, new Outcome.Unknown(tail.failure()));
        return;
      }
      upkeep(() -> checkpoints.committed(batch.size(), bytes(written)));
    } catch (SQLException | RuntimeException e) {
      giveUp(batch, e);
    }
  }

  /** Work without events; when it fails, that is a failed write. */
  private void upkeep(Upkeep due) {
    try {
      if (tail.failure() == null) {
        due.run();
      }
    } catch (SQLException e) {
      giveUp(List.of(), e);
    }
  }

  private interface Upkeep {
    void run() throws SQLException;
  }

  private void busy(String reason) {
    answer(new ArrayList<>(waiting), new Outcome.Busy(reason));
    waiting.clear();
  }

  /** Whether what was written can be found again; if not, the journal is poisoned. */
  private boolean inPlace() {
    Optional<String> misplaced = files.misplaced();
    misplaced.ifPresent(this::poison);
    return misplaced.isEmpty();
  }

  private List<Written> apply(List<AppendQueue.Pending> batch) throws SQLException {
    long now = purge.ranMillis();
    List<Written> written = new ArrayList<>();
    for (long bytes = 0; bytes < BATCH_BYTES && !waiting.isEmpty(); ) {
      AppendQueue.Pending pending = waiting.remove();
      batch.add(pending);
      SqliteAppends.Applied applied = appends.apply(pending.append(), now);
      bytes += applied.bytes();
      written.add(new Written(pending, applied));
    }
    return written;
  }

  private static long bytes(List<Written> written) {
    return written.stream().mapToLong(one -> one.applied().bytes()).sum();
  }

  private void deliver(List<Written> written) {
    long before = head;
    for (Written one : written) {
      SequencedEvent event = one.applied().event();
      if (event != null) {
        head = event.revision();
        deliver(event);
      }
    }
    commits += head == before ? 0 : 1;
    written.forEach(one -> one.pending().stage().complete(one.applied().outcome()));
  }

  private void deliver(SequencedEvent event) {
    if (!tail.deliver(event)) {
      poison("the server made a mistake with event " + event.revision() + ": restart it");
    }
  }

  private void giveUp(List<AppendQueue.Pending> batch, Exception trouble) {
    appends.rollBack();
    if (batch.isEmpty() && SqliteErrorMessages.isBusy(trouble)) {
      LOG.warn("another program holds {}: changes are answered BUSY", file);
      busy(SqliteErrorMessages.reason(file, trouble));
      return;
    }
    String reason = SqliteErrorMessages.reason(file, trouble);
    boolean expected = trouble instanceof SQLException || trouble instanceof JournalException;
    LOG.debug("what failed", trouble);
    if (!expected) {
      LOG.error("the program failed while it wrote to {}", file, trouble);
    }
    poison(reason);
    answer(batch, new Outcome.Unknown(reason));
  }

  /** Takes nothing any more, for this reason. Any thread. */
  void poison(String reason) {
    queue.refuse(reason);
    if (tail.fail(reason)) {
      LOG.error("nothing more is written: {}", reason);
    }
  }

  private static void answer(List<AppendQueue.Pending> batch, Outcome outcome) {
    batch.forEach(pending -> pending.stage().complete(outcome));
  }

  /** Writes the queued appends, and ends the thread. */
  void finish() {
    queue.close();
    loop.join(0);
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
    try (witness) {
      appends.close();
      if (tail.failure() == null) {
        witness.end(appends.committed().nextRevision() - 1);
      }
    } catch (SQLException e) {
      throw SqliteErrorMessages.explained(file, e);
    }
  }
}
