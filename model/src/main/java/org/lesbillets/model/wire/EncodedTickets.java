package org.lesbillets.model.wire;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.lesbillets.model.Ticket;

/**
 * Cache of the JSON of whole tickets, so that snapshots under way at the same time encode a ticket
 * once. Direct-mapped by number: a window that moves along with snapshots that keep together.
 *
 * <p>An entry is found by the identity of the ticket, so that a changed one is encoded again. A
 * locked ticket is not kept, since its remaining time passes. Any thread; bounded by 4,096 tickets
 * of at most 2 KiB each.
 */
public final class EncodedTickets {
  private static final int SLOTS = 4_096;
  private static final int LONGEST = 2_048;

  private final AtomicReferenceArray<Entry> slots = new AtomicReferenceArray<>(SLOTS);

  private record Entry(Ticket ticket, byte[] json) {}

  /** The JSON of a ticket in UTF-8, as in a snapshot; not to be written to. */
  byte[] of(Ticket ticket) {
    if (ticket.isLocked()) {
      return encode(ticket);
    }
    int slot = (int) ticket.number() & SLOTS - 1;
    Entry known = slots.getAcquire(slot);
    if (known != null && known.ticket == ticket) {
      return known.json;
    }
    byte[] json = encode(ticket);
    if (json.length <= LONGEST) {
      slots.setRelease(slot, new Entry(ticket, json));
    }
    return json;
  }

  private static byte[] encode(Ticket ticket) {
    WireWriter w = new WireWriter();
    new TicketWriter(w, LockForm.COUNTED).element(ticket);
    return w.utf8();
  }
}
