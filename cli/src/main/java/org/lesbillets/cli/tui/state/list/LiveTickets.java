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
 * All tickets as of the last event, the deadlines of their locks, and counts. While another
 * snapshot loads, the old one stays in use; the first one is used as it loads.
 *
 * <p>Mutable, confined to the thread of the view, as is the {@link TicketBook} it wraps: an index
 * of 100,000 tickets cannot be copied for each event. Bounded by the number of tickets.
 */
public final class LiveTickets {
  private final Map<TicketId, LeaseDeadline> leases = new HashMap<>();
  private TicketBook book = new TicketBook();
  private TicketBook incoming;
  private Map<TicketId, LeaseDeadline> incomingLeases;
  private int total;
  private int open;
  private int free;

  /** The number of open tickets of each assignee. */
  private final Map<AgentName, Integer> assigned = new HashMap<>();

  private boolean complete;

  /** A snapshot begins; a complete older one stays in use until it ends. */
  public void begin() {
    incoming = new TicketBook();
    incomingLeases = new HashMap<>();
    total = 0;
  }

  /**
   * Adds a part of a snapshot.
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

  /** The snapshot is complete and replaces the older one. */
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

  /** Null for zero, which removes the key: the map stays bounded. */
  private static Integer sum(Integer one, Integer other) {
    return one + other == 0 ? null : Integer.valueOf(one + other);
  }

  /** Whether a ticket can be claimed. */
  private static boolean isFree(Ticket ticket) {
    return ticket.isOpen() && !ticket.isLocked() && ticket.content().assignee() == null;
  }

  /**
   * Applies an event.
   *
   * @return the version of the ticket before; empty for a new one
   */
  public Optional<Ticket> apply(SequencedEvent event, Now at) {
    Ticket changed = event.event().ticket();
    Optional<Ticket> before = book.find(changed.id());
    book.apply(event);
    note(leases, changed, at);
    before.ifPresent(ticket -> count(ticket, -1));
    book.find(changed.id()).ifPresent(ticket -> count(ticket, 1));
    return before;
  }

  private static void note(Map<TicketId, LeaseDeadline> leases, Ticket ticket, Now at) {
    if (ticket.isLocked()) {
      long end = at.nanos() + ticket.lock().expiresIn().toNanos();
      leases.put(ticket.id(), new LeaseDeadline(ticket, end));
    } else {
      leases.remove(ticket.id());
    }
  }

  public Optional<Ticket> find(TicketId id) {
    return book.find(id);
  }

  /** The book itself, to be read only; a snapshot replaces it. */
  public TicketBook book() {
    return book;
  }

  /** The deadline of the lock of a ticket. */
  public Optional<LeaseDeadline> lease(TicketId id) {
    return Optional.ofNullable(leases.get(id));
  }

  /** The deadlines of all locks. */
  public List<LeaseDeadline> leases() {
    return List.copyOf(leases.values());
  }

  /** The number of open tickets, locked or not. */
  public int open() {
    return open;
  }

  /** The number of tickets that can be claimed: open, neither assigned nor locked. */
  public int free() {
    return free;
  }

  /**
   * The number of open tickets of an assignee.
   *
   * @param agent null before the handshake: none
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

  /** Whether a complete snapshot was ever loaded. */
  public boolean isComplete() {
    return complete;
  }

  /** Whether a snapshot is loading. */
  public boolean isLoading() {
    return incoming != null;
  }

  /** The tickets of the loading snapshot that have arrived. */
  public int loaded() {
    return incoming == null ? book.size() : incoming.size();
  }

  /** The tickets the loading snapshot will have; 0 while unknown. */
  public int total() {
    return total;
  }
}
