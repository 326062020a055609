package org.lesbillets.server.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.queue.TicketChangeQueue;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Obstacle;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.world.TimeSource;

/**
 * The appends under way. An acknowledgement counts once the tail has delivered the event: one that
 * overtakes the tail, which no journal should let happen, waits for it, for 5 s at most. Then the
 * outcome is unknown, and the journal is poisoned unless an obstacle explains the delay. The desk's
 * thread; bounded by one append a ticket.
 */
final class PendingAppends {
  private final Journal journal;
  private final TimeSource time;
  private final DeskState state;
  private final Executor desk;
  private final AtomicInteger underWay = new AtomicInteger();

  /** Acknowledged, and not delivered; by revision. */
  private final TreeMap<Long, Early> early = new TreeMap<>();

  private record Early(Outcome.Appended outcome, Consumer<Outcome> then, long sinceNanos) {}

  /**
   * @param desk runs a task on the desk's thread
   */
  PendingAppends(DeskDependencies with, DeskState state, Executor desk) {
    this.journal = with.journal();
    this.time = with.time();
    this.state = state;
    this.desk = desk;
  }

  /** Appends an event; {@code then} takes the outcome, on the desk's thread. */
  void append(Append append, Consumer<Outcome> then) {
    underWay.incrementAndGet();
    journal.append(append).thenAccept(outcome -> desk.execute(() -> onceDelivered(outcome, then)));
  }

  /** Those without an outcome. Any thread. */
  int underWay() {
    return underWay.get();
  }

  private void onceDelivered(Outcome outcome, Consumer<Outcome> then) {
    underWay.decrementAndGet();
    if (outcome instanceof Outcome.Appended appended
        && appended.revision() > state.book().revision()) {
      early.put(appended.revision(), new Early(appended, then, time.nanos()));
    } else {
      then.accept(outcome);
    }
  }

  /** The book has applied every event up to a revision. */
  void delivered(long revision) {
    while (!early.isEmpty() && early.firstKey() <= revision) {
      Early first = early.pollFirstEntry().getValue();
      first.then.accept(first.outcome);
    }
  }

  /**
   * The end of an append whose conflict no event has explained in time. Poisons the journal where
   * that contradicts what it has delivered.
   */
  Outcome unexplained(TicketChangeQueue queue) {
    Outcome.Conflict conflict = queue.conflict();
    if (journal.obstacle() != null) {
      return journal.obstacle().outcome();
    }
    if (!journal.shared() && conflict.current() <= state.book().revision()) {
      journal.poison(DeskMessages.contradiction(queue.ticket(), conflict));
    } else if (conflict.current() > 0 && state.contradicts(queue, conflict)) {
      journal.poison(DeskMessages.diverged(queue.ticket(), conflict));
    }
    return journal.failure() == null
        ? new Outcome.Busy(DeskMessages.notDelivered())
        : new Outcome.ReadOnly(journal.failure());
  }

  /** Ends the waits of those whose events have not come in time, and those behind them. */
  void runDue() {
    if (early.isEmpty() || nanosToNext(1) > 0) {
      return;
    }
    Obstacle obstacle = journal.obstacle();
    String reason =
        obstacle == null ? DeskMessages.undelivered(early.firstKey()) : obstacle.reason();
    if (obstacle == null) {
      journal.poison(reason);
    }
    List<Early> all = new ArrayList<>(early.values());
    early.clear();
    all.forEach(one -> one.then.accept(new Outcome.Unknown(reason)));
  }

  /** Nanoseconds until {@link #runDue} has to run, 0 when overdue; at most {@code most}. */
  long nanosToNext(long most) {
    if (early.isEmpty()) {
      return most;
    }
    long since = early.values().stream().mapToLong(Early::sinceNanos).min().getAsLong();
    long due = since + DeskDependencies.DELIVERY.toNanos();
    return Math.max(0, Math.min(most, due - time.nanos()));
  }
}
