package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.world.TimeSource;

/**
 * Ends leases by events: a lock whose lease is over is unlocked in the journal before anything else
 * on its ticket is decided. A failed append is retried after 200 ms, up to 25 times unless the
 * journal was busy; then the journal is poisoned. The desk's thread; a counter a failing lease.
 */
final class LeaseExpiry {
  private static final Duration RETRY = Duration.ofMillis(200);

  /** Bound on attempts without progress. */
  static final int ATTEMPTS = 25;

  private final Journal journal;
  private final TimeSource time;
  private final DeskState state;
  private final Executor desk;
  private final Map<TicketId, Integer> failed = new HashMap<>();

  /**
   * @param desk runs a task on the desk's thread
   */
  LeaseExpiry(DeskDependencies with, DeskState state, Executor desk) {
    this.journal = with.journal();
    this.time = with.time();
    this.state = state;
    this.desk = desk;
  }

  private boolean isDue(TicketChangeQueue queue) {
    return state.leases().isOver(queue.ticket()) && journal.failure() == null;
  }

  /**
   * Appends the end of the lease, if it is over; the queue is then blocked until that is written.
   *
   * @param onEnded callback when the lease has ended
   * @return whether it was over
   */
  boolean begin(TicketChangeQueue queue, Consumer<TicketChangeQueue> onEnded) {
    if (!isDue(queue)) {
      return false;
    }
    Ticket ticket = state.find(queue.ticket()).orElseThrow();
    boolean givenUp = state.leases().isGivenUp(queue.ticket());
    queue.beginAppend(ticket.revision());
    journal
        .append(
            new Append(ticket.revision(), null, TicketRules.leaseOver(ticket, givenUp, time.now())))
        .thenAccept(outcome -> desk.execute(() -> appended(queue, onEnded, ticket, outcome)));
    return true;
  }

  private void appended(
      TicketChangeQueue queue,
      Consumer<TicketChangeQueue> onEnded,
      Ticket before,
      Outcome outcome) {
    queue.endAppend();
    if (isDue(queue) && canBeRetried(queue, before, outcome)) {
      state.leases().remind(queue.ticket(), RETRY);
    } else {
      failed.remove(queue.ticket());
      onEnded.accept(queue);
    }
  }

  /** Poisons the journal when no retry will end otherwise. */
  private boolean canBeRetried(TicketChangeQueue queue, Ticket before, Outcome outcome) {
    if (outcome instanceof Outcome.Conflict conflict && state.contradicts(queue, conflict)) {
      journal.poison(DeskMessages.contradiction(before.id(), conflict));
    } else if (!(outcome instanceof Outcome.Busy)
        && failed.merge(before.id(), 1, Integer::sum) >= ATTEMPTS) {
      journal.poison(DeskMessages.leaseKept(before, outcome.toString()));
    }
    return journal.failure() == null;
  }
}
