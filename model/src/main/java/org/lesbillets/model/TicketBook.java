package org.lesbillets.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lesbillets.model.event.SequencedEvent;

/**
 * The state of all tickets: the only fold of events in the project. The server, the replay of a
 * journal and a client's view all build their state by {@link #apply}.
 *
 * <p>Mutable, and owned by one thread. Bounded by the number of tickets, which are never removed.
 */
public final class TicketBook {
  private final List<Ticket> tickets = new ArrayList<>();
  private final TreeMap<TicketId, Integer> places = new TreeMap<>();
  private final Map<Long, Integer> placesByNumber = new HashMap<>();

  /** The open tickets that were raised under a key. */
  private final Map<String, Integer> placesByKey = new HashMap<>();

  private long revision;

  /** Adds a ticket of a snapshot, or replaces the one with its id. */
  public void put(Ticket ticket) {
    Integer next = tickets.size();
    Integer place = places.putIfAbsent(ticket.id(), next);
    if (place == null) {
      placesByNumber.put(ticket.number(), next);
      tickets.add(settled(ticket, null));
      noteKey(null, ticket, next);
    } else {
      Ticket known = tickets.get(place);
      tickets.set(place, settled(ticket, known));
      noteKey(known, ticket, place);
    }
  }

  private void noteKey(Ticket before, Ticket after, Integer place) {
    if (before != null && before.ownsKey() && !after.ownsKey()) {
      placesByKey.remove(before.content().key(), place);
    }
    if (after.ownsKey()) {
      placesByKey.put(after.content().key(), place);
    }
  }

  /** Takes an event: its ticket replaces what was known, and the book stands at its revision. */
  public void apply(SequencedEvent event) {
    put(event.event().ticket());
    revision = event.revision();
  }

  /** Says that the book stands at {@code revision}, as the end of a snapshot does. */
  public void standAt(long revision) {
    this.revision = revision;
  }

  private static Ticket settled(Ticket decoded, Ticket known) {
    Ticket ticket = decoded;
    if (ticket.content().description() == null) {
      String description = known == null ? "" : known.content().description();
      ticket = ticket.withContent(ticket.content().withDescription(description));
    }
    return ticket.lock() == null ? ticket : ticket.withLock(ticket.lock().settled());
  }

  /** The revision of the last event applied; 0 before the first. */
  public long revision() {
    return revision;
  }

  public int size() {
    return tickets.size();
  }

  public Optional<Ticket> find(TicketId id) {
    Integer place = places.get(id);
    return place == null ? Optional.empty() : Optional.of(tickets.get(place));
  }

  public Optional<Ticket> findByNumber(long number) {
    Integer place = placesByNumber.get(number);
    return place == null ? Optional.empty() : Optional.of(tickets.get(place));
  }

  /** The open ticket that was raised under {@code key}. */
  public Optional<Ticket> findByKey(String key) {
    Integer place = placesByKey.get(key);
    return place == null ? Optional.empty() : Optional.of(tickets.get(place));
  }

  /**
   * The tickets a reference can mean: none, one, or, for a short prefix, several.
   *
   * @param limit at most so many of them; 1 or more
   */
  public List<Ticket> matches(TicketRef ref, int limit) {
    if (ref instanceof TicketRef.ByPrefix prefix) {
      return withPrefix(prefix.prefix(), limit);
    }
    return single(ref).map(List::of).orElse(List.of());
  }

  private Optional<Ticket> single(TicketRef ref) {
    if (ref instanceof TicketRef.ByKey key) {
      return findByKey(key.key());
    }
    return ref instanceof TicketRef.ByNumber number
        ? findByNumber(number.number())
        : find(((TicketRef.ById) ref).id());
  }

  private List<Ticket> withPrefix(String prefix, int limit) {
    TicketId first =
        TicketId.of(prefix + "00000000-0000-0000-0000-000000000000".substring(prefix.length()));
    TicketId last =
        TicketId.of(prefix + "ffffffff-ffff-ffff-ffff-ffffffffffff".substring(prefix.length()));
    return places.subMap(first, true, last, true).values().stream()
        .limit(limit)
        .map(tickets::get)
        .toList();
  }

  /** A live stream of all tickets in order of insertion; it must end before the next change. */
  public Stream<Ticket> stream() {
    return tickets.stream();
  }

  /** An immutable snapshot of all tickets in order of insertion. */
  public List<Ticket> tickets() {
    return Collections.unmodifiableList(new ArrayList<>(tickets));
  }
}
