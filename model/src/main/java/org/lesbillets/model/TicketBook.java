package org.lesbillets.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final PlaceIndex places = new PlaceIndex(place -> tickets.get(place).id().low());
  private final PlaceIndex placesByNumber = new PlaceIndex(place -> 0);

  /** The open tickets that were raised under a key. */
  private final Map<String, Integer> placesByKey = new HashMap<>();

  private long revision;

  /**
   * Adds a ticket of a snapshot, or replaces the one with its id.
   *
   * @return the ticket as it is kept
   */
  public Ticket put(Ticket ticket) {
    int place = place(ticket.id());
    Ticket known = place < 0 ? null : tickets.get(place);
    Ticket kept = settled(ticket, known);
    if (known == null) {
      place = tickets.size();
      tickets.add(kept);
      places.put(ticket.id().high(), ticket.id().low(), place);
      placesByNumber.put(ticket.number(), 0, place);
    } else {
      tickets.set(place, kept);
    }
    noteKey(known, ticket, place);
    return kept;
  }

  private int place(TicketId id) {
    return places.find(id.high(), id.low());
  }

  private void noteKey(Ticket before, Ticket after, int place) {
    if (before != null && before.ownsKey() && !after.ownsKey()) {
      placesByKey.remove(before.content().key(), place);
    }
    if (after.ownsKey()) {
      placesByKey.put(after.content().key(), place);
    }
  }

  /**
   * Takes an event: its ticket replaces what was known, and the book stands at its revision.
   *
   * @return the ticket as it is kept
   */
  public Ticket apply(SequencedEvent event) {
    Ticket kept = put(event.event().ticket());
    revision = event.revision();
    return kept;
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
    return at(place(id));
  }

  public Optional<Ticket> findByNumber(long number) {
    return at(placesByNumber.find(number, 0));
  }

  /** The open ticket that was raised under {@code key}. */
  public Optional<Ticket> findByKey(String key) {
    return at(placesByKey.getOrDefault(key, -1));
  }

  private Optional<Ticket> at(int place) {
    return place < 0 ? Optional.empty() : Optional.of(tickets.get(place));
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
    List<Ticket> found = new ArrayList<>();
    places.from(
        first.high(),
        first.low(),
        place -> {
          Ticket ticket = tickets.get(place);
          boolean fits = found.size() < limit && ticket.id().compareTo(last) <= 0;
          return fits && found.add(ticket);
        });
    return List.copyOf(found);
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
