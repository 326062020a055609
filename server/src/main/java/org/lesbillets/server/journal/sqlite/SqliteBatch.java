package org.lesbillets.server.journal.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.lesbillets.model.event.SequencedEvent;
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

  /**
   * Begins and applies appends, within the open transaction.
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
        applied.add(appends.apply(pending.append(), now));
        bytes += applied.get(applied.size() - 1).bytes();
      }
    }
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

  boolean isEmpty() {
    return begun.isEmpty();
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
