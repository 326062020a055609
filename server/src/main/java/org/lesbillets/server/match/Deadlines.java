package org.lesbillets.server.match;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TimeMark;

/**
 * The first deadlines of many, in their order: at most one a ticket, and bounded by a capacity;
 * what is dropped lies behind a horizon. One thread at a time.
 */
final class Deadlines {
  private final int capacity;
  private final TreeMap<TimeMark, Entry> entries = new TreeMap<>();
  private final Map<TicketId, Entry> byTicket = new HashMap<>();

  /** The first moment that the entries do not cover; null for none. */
  private TimeMark horizon;

  /**
   * A ticket whose result may change at a moment.
   *
   * @param matches its last result
   */
  record Entry(TimeMark mark, Ticket ticket, boolean matches) {}

  Deadlines(int capacity) {
    this.capacity = capacity;
  }

  void clear() {
    entries.clear();
    byTicket.clear();
    horizon = null;
  }

  /** Whether the next deadline is one that was dropped. */
  boolean isExhausted() {
    return horizon != null && entries.isEmpty();
  }

  /** The next deadline, kept or dropped; null for none. */
  TimeMark first() {
    return entries.isEmpty() ? horizon : entries.firstKey();
  }

  /** Takes the next entry; there must be one. */
  Entry poll() {
    Entry entry = entries.pollFirstEntry().getValue();
    byTicket.remove(entry.ticket.id());
    return entry;
  }

  /** Takes the entry of a ticket, or returns null. */
  Entry remove(TicketId id) {
    Entry known = byTicket.remove(id);
    if (known != null) {
      entries.remove(known.mark);
    }
    return known;
  }

  /** Adds an entry for a ticket that has none; one behind the horizon is dropped. */
  void put(Entry entry) {
    if (horizon != null && entry.mark.compareTo(horizon) >= 0) {
      return;
    }
    entries.put(entry.mark, entry);
    byTicket.put(entry.ticket.id(), entry);
    if (entries.size() > capacity) {
      Entry last = entries.pollLastEntry().getValue();
      byTicket.remove(last.ticket.id());
      horizon = last.mark.at().equals(Instant.MAX) ? horizon : last.mark;
    }
  }
}
