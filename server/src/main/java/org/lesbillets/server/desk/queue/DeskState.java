package org.lesbillets.server.desk.queue;

import java.time.Duration;
import java.util.Optional;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.rules.KeyFacts;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.desk.index.ClaimableTickets;
import org.lesbillets.server.desk.index.EndedLocks;
import org.lesbillets.server.desk.index.KeyIndex;
import org.lesbillets.server.desk.index.LeaseClock;
import org.lesbillets.server.desk.index.LockTimes;
import org.lesbillets.server.desk.index.WakeClock;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.measure.DeskMeasures;
import org.lesbillets.server.world.TimeSource;

/**
 * The in-memory state the desk decides upon: the book, the claimable tickets, the keys, the leases
 * and sleeps, the queues of waiters, and how recent locks ended. Single writer: the desk's thread;
 * only the {@link LockTimes} may be read by any thread. As large as the journal's tickets; leases
 * and waiters are bounded by those and by the desk's limits.
 */
public final class DeskState implements LockTimes {
  private final TimeSource time;
  private final LockPolicy policy;
  private final TicketBook book = new TicketBook();
  private final ClaimableTickets claimable = new ClaimableTickets();
  private final KeyIndex keys = new KeyIndex(book);
  private final LeaseClock leases;
  private final WakeClock wakes;
  private final WaitQueue waits;
  private final DeskMeasures measures = new DeskMeasures();
  private final EndedLocks endedLocks = new EndedLocks();

  /**
   * @param maxWaiting bound on the requests that wait for locks and claims
   */
  public DeskState(TimeSource time, LockPolicy policy, int maxWaiting) {
    this.time = time;
    this.policy = policy;
    this.leases = new LeaseClock(time);
    this.wakes = new WakeClock(time);
    this.waits = new WaitQueue(time, maxWaiting, measures);
  }

  public TimeSource time() {
    return time;
  }

  public DeskMeasures measures() {
    return measures;
  }

  public TicketBook book() {
    return book;
  }

  public ClaimableTickets claimable() {
    return claimable;
  }

  /** Whether a ticket is there, and can be claimed. */
  public boolean isClaimable(TicketId ticket) {
    return book.find(ticket).filter(Ticket::isClaimable).isPresent();
  }

  public LeaseClock leases() {
    return leases;
  }

  public WakeClock wakes() {
    return wakes;
  }

  public KeyIndex keys() {
    return keys;
  }

  public WaitQueue waits() {
    return waits;
  }

  @Override
  public Duration remaining(TicketId ticket, long token) {
    return leases.remaining(ticket, token);
  }

  @Override
  public int waiting(TicketId ticket) {
    return waits.count(ticket);
  }

  /** The ticket, its lock with the time it has left; empty if there is none. */
  public Optional<Ticket> find(TicketId ticket) {
    return book.find(ticket).map(this::withRemaining);
  }

  /**
   * What the rules decide a request upon.
   *
   * @param ticket as it is, or null if the request would create it
   */
  public TicketRules.Case facts(TicketId id, Ticket ticket, Requester requester) {
    return new TicketRules.Case(
        id,
        ticket,
        requester.agent(),
        policy.allows(requester.role()),
        token -> endedLocks.find(id, token),
        new FactsOfKeys(id),
        time.now());
  }

  private final class FactsOfKeys implements KeyFacts {
    private final TicketId ticket;

    FactsOfKeys(TicketId ticket) {
      this.ticket = ticket;
    }

    @Override
    public Optional<Ticket> open(String key) {
      return book.findByKey(key);
    }

    @Override
    public boolean isNewestComment(String text) {
      return keys.isNewestComment(ticket, text);
    }
  }

  /**
   * Whether a conflict denies what the journal has delivered. One that another writer caused is
   * resolved by the events delivered in its course.
   */
  public boolean contradicts(TicketChangeQueue queue, Outcome.Conflict conflict) {
    return conflict.current() != queue.expected()
        && conflict.current() <= book.revision()
        && !hasMoved(queue);
  }

  /** Whether the ticket has changed since its append was decided upon. */
  public boolean hasMoved(TicketChangeQueue queue) {
    long known = book.find(queue.ticket()).map(Ticket::revision).orElse(0L);
    return known != queue.expected();
  }

  /** A sentence if the event gives a ticket the number of another one. */
  public Optional<String> numberTaken(SequencedEvent event) {
    Ticket ticket = event.event().ticket();
    return book.findByNumber(ticket.number())
        .filter(other -> !other.id().equals(ticket.id()))
        .map(other -> DeskMessages.numberTaken(ticket, other));
  }

  /** Takes over a snapshot of the journal. Leases start again with their whole ttl. */
  public void load(Iterable<Ticket> tickets, long revision) {
    for (Ticket loaded : tickets) {
      Ticket ticket = book.put(loaded);
      measures.loaded(ticket);
      claimable.replace(null, ticket);
      keys.load(ticket);
      wakes.follow(ticket);
      if (ticket.isLocked()) {
        leases.start(ticket);
      }
    }
    book.standAt(revision);
  }

  /** Folds an event into the book, and starts or ends the lease it is about. */
  public Announcement.Happened apply(SequencedEvent event) {
    TicketId id = event.event().ticket().id();
    Ticket known = book.find(id).orElse(null);
    Ticket before = known == null ? null : withRemaining(known);
    Ticket after = book.apply(event);
    claimable.replace(known, after);
    keys.follow(event.event(), known, after);
    wakes.follow(after);
    if (after.lock() == null) {
      leases.end(id);
    } else if (event.event() instanceof WireEvent.TicketLocked) {
      leases.start(after);
    }
    if (before != null && before.isLocked()) {
      endedLocks.note(event.event(), before.lock().token());
    }
    measures.happened(event.event(), before, after);
    return new Announcement.Happened(withRemaining(event), before, withRemaining(after));
  }
}
