package org.lesbillets.server.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.desk.index.LeaseClock;
import org.lesbillets.server.desk.index.WakeClock;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.queue.TicketChangeQueue;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.work.Slice;
import org.lesbillets.server.world.TimeSource;

/**
 * Events that time brings: what is due on a ticket is appended before anything else on it is
 * decided. A failed append is retried after 200 ms, up to 25 times unless the journal was busy or
 * another server was faster; then the journal is poisoned. While nothing can be written nothing is
 * due. The desk's thread; a counter per ticket whose append fails.
 */
final class TimedEvents {
  /** Bound on attempts without progress. */
  static final int ATTEMPTS = 25;

  /** How many of its appends may be under way before others wait: clients need the journal, too. */
  private static final int APPENDS = 256;

  private final Journal journal;
  private final TimeSource time;
  private final DeskState state;
  private final PendingAppends appends;
  private final List<Due> kinds;

  /** How often an append failed on each ticket that waits for its retry, not counting Busy. */
  private final Map<TicketId, Integer> failed = new LinkedHashMap<>();

  private boolean suspended;
  private int appending;

  /** What is due on tickets, of one kind. */
  interface Due {
    boolean isDue(TicketId ticket);

    /** The event that makes an end of it. */
    WireEvent event(Ticket ticket, Instant now);

    /** Gives notice of it again after {@code delay}. */
    void remind(TicketId ticket, Duration delay);
  }

  TimedEvents(DeskDependencies with, DeskState state, PendingAppends appends) {
    this.journal = with.journal();
    this.time = with.time();
    this.state = state;
    this.appends = appends;
    this.kinds = List.of(new EndsOfLeases(state.leases()), new EndsOfSleeps(state.wakes()));
  }

  /** The ends of leases whose time is over. */
  private record EndsOfLeases(LeaseClock leases) implements Due {
    @Override
    public boolean isDue(TicketId ticket) {
      return leases.isOver(ticket);
    }

    @Override
    public WireEvent event(Ticket ticket, Instant now) {
      return TicketRules.leaseOver(ticket, leases.isGivenUp(ticket.id()), now);
    }

    @Override
    public void remind(TicketId ticket, Duration delay) {
      leases.remind(ticket, delay);
    }
  }

  /** The ends of sleeps whose time has come. */
  private record EndsOfSleeps(WakeClock wakes) implements Due {
    @Override
    public boolean isDue(TicketId ticket) {
      return wakes.isOver(ticket);
    }

    @Override
    public WireEvent event(Ticket ticket, Instant now) {
      return TicketRules.wakeUp(ticket, now);
    }

    @Override
    public void remind(TicketId ticket, Duration delay) {
      wakes.remind(ticket, delay);
    }
  }

  /**
   * Has nothing be due while nothing can be written, or things be due again. What waits for a retry
   * then no longer keeps requests waiting: gives notice of it, for one slice at a time.
   */
  void suspend(boolean suspend, Consumer<TicketId> onRetryDropped) {
    suspended = suspend;
    state.leases().suspend(suspend);
    state.wakes().suspend(suspend);
    Slice slice = new Slice(time::nanos);
    boolean more = suspend && !failed.isEmpty();
    while (more) {
      TicketId ticket = failed.keySet().iterator().next();
      failed.remove(ticket);
      onRetryDropped.accept(ticket);
      more = !failed.isEmpty() && !slice.isOver();
    }
  }

  /**
   * Gives notice of the tickets on which something is due, for one slice at a time, and of no more
   * than 256 ahead of the journal, since any number may end at one moment.
   */
  void giveNotice(Consumer<TicketId> onDue) {
    Slice slice = new Slice(time::nanos);
    boolean more = true;
    while (more && appending < APPENDS) {
      Optional<TicketId> due = state.leases().nextOver().or(state.wakes()::nextOver);
      due.ifPresent(onDue);
      more = due.isPresent() && !slice.isOver();
    }
  }

  /** Nanoseconds until notice is due, 0 when overdue; at most {@code most}. */
  long nanosToNext(long most) {
    if (suspended && !failed.isEmpty()) {
      return 0;
    }
    return appending < APPENDS ? state.wakes().nanosToNext(state.leases().nanosToNext(most)) : most;
  }

  private Optional<Due> due(TicketId ticket) {
    return journal.failure() == null
        ? kinds.stream().filter(kind -> kind.isDue(ticket)).findFirst()
        : Optional.empty();
  }

  /**
   * Appends what is due on a ticket, if anything; the queue is then blocked until that is written.
   *
   * @param onEnded callback when it is
   * @return whether something was due
   */
  boolean begin(TicketChangeQueue queue, Consumer<TicketChangeQueue> onEnded) {
    Optional<Due> due = due(queue.ticket());
    if (due.isEmpty()) {
      failed.remove(queue.ticket());
      return false;
    }
    Ticket ticket = state.find(queue.ticket()).orElseThrow();
    queue.beginAppend(null, ticket.revision());
    appending++;
    appends.append(
        new Append(ticket.revision(), null, due.get().event(ticket, time.now())),
        outcome -> appended(queue, onEnded, ticket, outcome));
    return true;
  }

  private void appended(
      TicketChangeQueue queue,
      Consumer<TicketChangeQueue> onEnded,
      Ticket before,
      Outcome outcome) {
    queue.endAppend();
    appending--;
    Optional<Due> still =
        outcome instanceof Outcome.Appended ? Optional.empty() : due(queue.ticket());
    if (still.isPresent() && canBeRetried(queue, before, outcome)) {
      still.get().remind(queue.ticket(), TicketChangeQueue.RETRY);
    } else {
      failed.remove(queue.ticket());
      onEnded.accept(queue);
    }
  }

  /** Poisons the journal when no retry will end otherwise. */
  private boolean canBeRetried(TicketChangeQueue queue, Ticket before, Outcome outcome) {
    if (!journal.shared()
        && outcome instanceof Outcome.Conflict conflict
        && state.contradicts(queue, conflict)) {
      journal.poison(DeskMessages.contradiction(before.id(), conflict));
    } else if (failed.merge(before.id(), passes(outcome) ? 0 : 1, Integer::sum) >= ATTEMPTS) {
      journal.poison(DeskMessages.notWritten(before, ATTEMPTS, outcome.toString()));
    }
    return journal.failure() == null;
  }

  /** Whether it ends without anybody's help: with what another server wrote, once it arrives. */
  private boolean passes(Outcome outcome) {
    return outcome instanceof Outcome.Busy
        || outcome instanceof Outcome.Behind
        || outcome instanceof Outcome.Conflict conflict
            && journal.shared()
            && conflict.current() > state.book().revision();
  }
}
