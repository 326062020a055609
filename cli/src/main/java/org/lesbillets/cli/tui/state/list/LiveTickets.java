package org.lesbillets.cli.tui.state.list;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;

/**
 * All tickets, as far as the server has told them, and what can be counted of them. While a new
 * snapshot comes in, the old one stays what is known.
 *
 * <p>Owned by one thread; bounded by the tickets there are.
 */
public final class LiveTickets {
  private final Map<TicketId, LeaseEnd> leases = new HashMap<>();
  private TicketBook book = new TicketBook();
  private TicketBook incoming;
  private Map<TicketId, LeaseEnd> incomingLeases;
  private int total;
  private int open;
  private int free;

  /** How many open tickets each agent has. */
  private final Map<AgentName, Integer> assigned = new HashMap<>();

  private boolean complete;

  /** A snapshot begins; what was known stays until it is whole, if it was ever whole. */
  public void begin() {
    incoming = new TicketBook();
    incomingLeases = new HashMap<>();
    total = 0;
  }

  /**
   * Takes a part of a snapshot.
   *
   * @param total how many tickets it will have
   */
  public void add(List<Ticket> part, int total, Now at) {
    this.total = total;
    for (Ticket ticket : part) {
      incoming.put(ticket);
      note(incomingLeases, ticket, at);
    }
    if (!complete) {
      adopt();
    }
  }

  /** The snapshot is whole: it is what is known now. */
  public void end(long revision) {
    incoming.standAt(revision);
    adopt();
    incoming = null;
    incomingLeases = null;
    complete = true;
  }

  private void adopt() {
    book = incoming;
    leases.clear();
    leases.putAll(incomingLeases);
    open = 0;
    free = 0;
    assigned.clear();
    book.stream().forEach(ticket -> count(ticket, 1));
  }

  private void count(Ticket ticket, int by) {
    if (ticket.isOpen()) {
      open += by;
      free += isFree(ticket) ? by : 0;
      if (ticket.content().assignee() != null) {
        assigned.merge(ticket.content().assignee(), by, LiveTickets::sum);
      }
    }
  }

  /** Null for nothing, so that the map does not grow by agents who have no ticket any more. */
  private static Integer sum(Integer one, Integer other) {
    return one + other == 0 ? null : Integer.valueOf(one + other);
  }

  /** Whether a ticket can be claimed. */
  private static boolean isFree(Ticket ticket) {
    return ticket.isOpen() && !ticket.isLocked() && ticket.content().assignee() == null;
  }

  /**
   * Takes an event.
   *
   * @return the ticket before it; empty for one that was not known
   */
  public Optional<Ticket> apply(SequencedEvent event, Now at) {
    Ticket told = event.event().ticket();
    Optional<Ticket> before = book.find(told.id());
    book.apply(event);
    note(leases, told, at);
    before.ifPresent(ticket -> count(ticket, -1));
    book.find(told.id()).ifPresent(ticket -> count(ticket, 1));
    return before;
  }

  private static void note(Map<TicketId, LeaseEnd> leases, Ticket ticket, Now at) {
    if (ticket.isLocked()) {
      long end = at.nanos() + ticket.lock().expiresIn().toNanos();
      leases.put(ticket.id(), new LeaseEnd(ticket, end));
    } else {
      leases.remove(ticket.id());
    }
  }

  public Optional<Ticket> find(TicketId id) {
    return book.find(id);
  }

  public Optional<Ticket> findByNumber(long number) {
    return book.findByNumber(number);
  }

  /** All tickets; to be read only, and asked for again after the next change. */
  public TicketBook book() {
    return book;
  }

  /** When the lock of a ticket runs out. */
  public Optional<LeaseEnd> lease(TicketId id) {
    return Optional.ofNullable(leases.get(id));
  }

  /** The locks there are, one for each locked ticket. */
  public List<LeaseEnd> leases() {
    return List.copyOf(leases.values());
  }

  /** How many tickets are open, locked or not. */
  public int open() {
    return open;
  }

  /** How many open tickets are neither assigned nor locked, so that they can be claimed. */
  public int free() {
    return free;
  }

  /**
   * How many open tickets an agent has.
   *
   * @param agent null for one that is not known yet, who has none
   */
  public int assignedTo(AgentName agent) {
    return agent == null ? 0 : assigned.getOrDefault(agent, 0);
  }

  public int closed() {
    return book.size() - open;
  }

  public int locked() {
    return leases.size();
  }

  /** Whether a whole snapshot was ever taken. */
  public boolean isComplete() {
    return complete;
  }

  /** Whether a snapshot is coming in. */
  public boolean isLoading() {
    return incoming != null;
  }

  /** How many tickets of the snapshot that is coming in are here. */
  public int loaded() {
    return incoming == null ? book.size() : incoming.size();
  }

  /** How many tickets the snapshot that is coming in will have; 0 before that is known. */
  public int total() {
    return total;
  }
}
