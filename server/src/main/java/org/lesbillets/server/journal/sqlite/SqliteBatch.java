package org.lesbillets.server.journal.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.AppendQueue;
import org.lesbillets.server.journal.Outcome;

/**
 * The appends of one transaction, up to about 4 MiB and as many as the writer has taken. The
 * writer's thread; only the size may be read by any.
 */
final class SqliteBatch {
  private static final int BYTES = 4 << 20;

  private final List<AppendQueue.Pending> begun = new ArrayList<>();
  private final List<SqliteAppends.Applied> applied = new ArrayList<>();
  private volatile int size;

  /** Whether an append has failed: from then on each is written under a savepoint. */
  private boolean guarded;

  private boolean unwritten = true;

  /**
   * Begins and applies appends, within the open transaction. When one of them fails, the
   * transaction is begun again, and all are applied again, so that only the failed one is missing.
   *
   * @param waiting from which those that were begun are removed
   * @throws SQLException if the transaction cannot be continued
   */
  void apply(Queue<AppendQueue.Pending> waiting, SqliteAppends appends, long now)
      throws SQLException {
    for (long bytes = 0; bytes < BYTES && goesOn(waiting); ) {
      AppendQueue.Pending pending = waiting.remove();
      if (pending.begin()) {
        begun.add(pending);
        size = begun.size();
        SqliteAppends.Applied one = applyNext(appends, now);
        applied.add(one);
        bytes += one.bytes();
      }
    }
  }

  /** Applies the append that was begun last. */
  private SqliteAppends.Applied applyNext(SqliteAppends appends, long now) throws SQLException {
    unwritten = false;
    Append last = begun.get(begun.size() - 1).append();
    if (!guarded) {
      SqliteAppends.Applied one = appends.apply(last, now);
      if (one != null) {
        return one;
      }
      startAgain(appends, now);
    }
    return appends.applyAlone(last, now);
  }

  /** Applies all but the last in another transaction, under savepoints. */
  private void startAgain(SqliteAppends appends, long now) throws SQLException {
    guarded = true;
    applied.clear();
    appends.rollBack();
    unwritten = true;
    appends.begin();
    unwritten = false;
    for (AppendQueue.Pending pending : begun.subList(0, begun.size() - 1)) {
      applied.add(appends.applyAlone(pending.append(), now));
    }
  }

  /** Whether nothing of it is in the file, nor can be by what was begun. */
  boolean isUnwritten() {
    return unwritten;
  }

  /** A redaction is a transaction by itself. */
  private boolean goesOn(Queue<AppendQueue.Pending> waiting) {
    return !waiting.isEmpty()
        && (begun.isEmpty() || !redacts() && !waiting.peek().append().redacts());
  }

  /** Whether it is a redaction. */
  boolean redacts() {
    return !begun.isEmpty() && begun.get(0).append().redacts();
  }

  /** Whether it is a redaction that was written. */
  boolean redacted() {
    return redacts() && applied.get(0).event() != null;
  }

  /** Whether it is a redaction that was written, now or before. */
  boolean awaitsScrub() {
    return redacted() || redacts() && applied.get(0).outcome() instanceof Outcome.Repeated;
  }

  int size() {
    return size;
  }

  /** Estimate of what was written. */
  long bytes() {
    return applied.stream().mapToLong(SqliteAppends.Applied::bytes).sum();
  }

  /** Delivers the events in their order. */
  void deliver(Consumer<SequencedEvent> listener) {
    for (SqliteAppends.Applied one : applied) {
      if (one.event() != null) {
        listener.accept(one.event());
      }
    }
  }

  /** Answers each with its own outcome. */
  void answer() {
    for (int i = 0; i < applied.size(); i++) {
      begun.get(i).stage().complete(applied.get(i).outcome());
    }
  }

  /** Answers all with one outcome. */
  void answer(Outcome outcome) {
    begun.forEach(pending -> pending.stage().complete(outcome));
  }
}
