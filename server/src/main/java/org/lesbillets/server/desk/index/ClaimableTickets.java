package org.lesbillets.server.desk.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.TicketOrder;

/**
 * Index of the claimable tickets in the default order of claims: the most urgent first, the oldest
 * of those. A sorted list in chunks, so that a change moves at most one chunk and a page is a copy
 * of references. The desk's thread; as large as the number of claimable tickets.
 */
public final class ClaimableTickets {
  public static final Comparator<Ticket> ORDER = TicketOrder.MOST_URGENT.comparator();

  private static final int CHUNK = 512;

  /** None is empty. */
  private final List<List<Ticket>> chunks = new ArrayList<>();

  /**
   * Follows a change of a ticket.
   *
   * @param before as it was in the book, or null if it was not
   */
  public void replace(Ticket before, Ticket after) {
    boolean was = before != null && before.isClaimable();
    if (was && after.isClaimable() && ORDER.compare(before, after) == 0) {
      int index = chunkOf(before);
      chunks.get(index).set(place(chunks.get(index), before), after);
      return;
    }
    if (was) {
      remove(before);
    }
    if (after.isClaimable()) {
      add(after);
    }
  }

  private void add(Ticket ticket) {
    if (chunks.isEmpty()) {
      chunks.add(new ArrayList<>());
    }
    int index = chunkOf(ticket);
    List<Ticket> chunk = chunks.get(index);
    chunk.add(placeAfter(chunk, ticket), ticket);
    if (chunk.size() > CHUNK) {
      List<Ticket> half = chunk.subList(CHUNK / 2, chunk.size());
      chunks.add(index + 1, new ArrayList<>(half));
      half.clear();
    }
  }

  private void remove(Ticket ticket) {
    int index = chunkOf(ticket);
    List<Ticket> chunk = chunks.get(index);
    chunk.remove(place(chunk, ticket));
    if (chunk.isEmpty()) {
      chunks.remove(index);
    }
  }

  private static int place(List<Ticket> chunk, Ticket ticket) {
    int place = placeAfter(chunk, ticket) - 1;
    if (place < 0 || ORDER.compare(chunk.get(place), ticket) != 0) {
      throw new IllegalStateException("not in the index: " + ticket.id());
    }
    return place;
  }

  /** The last chunk that begins with the ticket or one before it; the first if none does. */
  private int chunkOf(Ticket ticket) {
    int low = 0;
    int high = chunks.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (ORDER.compare(chunks.get(middle).get(0), ticket) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** How many tickets of a chunk are the ticket or stand before it. */
  private static int placeAfter(List<Ticket> chunk, Ticket ticket) {
    int low = 0;
    int high = chunk.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ORDER.compare(chunk.get(middle), ticket) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * A copy of the next tickets in order.
   *
   * @param last the ticket they follow, which need not be in the index; null for the first ones
   * @param most bound on their number
   */
  public List<Ticket> after(Ticket last, int most) {
    List<Ticket> page = new ArrayList<>(Math.min(most, CHUNK));
    int index = last == null || chunks.isEmpty() ? 0 : chunkOf(last);
    for (; index < chunks.size() && page.size() < most; index++) {
      List<Ticket> chunk = chunks.get(index);
      int from = last == null ? 0 : placeAfter(chunk, last);
      int to = Math.min(chunk.size(), from + most - page.size());
      page.addAll(chunk.subList(from, to));
    }
    return page;
  }
}
