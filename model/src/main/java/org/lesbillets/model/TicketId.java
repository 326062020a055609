package org.lesbillets.model;

import java.util.UUID;

/**
 * The permanent identity of a ticket, across journals and servers. Ordered by its text, so that a
 * UUID prefix selects one range of an index. Immutable; any thread. Kept as two numbers, 32 bytes
 * in all, since a server has one for each ticket.
 */
public final class TicketId implements Comparable<TicketId> {
  private final long high;
  private final long low;

  public TicketId(UUID value) {
    this.high = value.getMostSignificantBits();
    this.low = value.getLeastSignificantBits();
  }

  /**
   * @throws IllegalArgumentException if {@code text} is not a UUID of 36 characters
   */
  public static TicketId of(String text) {
    if (text.length() != 36) {
      throw new IllegalArgumentException("not a UUID: " + text);
    }
    return new TicketId(UUID.fromString(text));
  }

  public UUID value() {
    return new UUID(high, low);
  }

  /** The first 16 hexadecimal digits; ids are in the order of these, as unsigned numbers. */
  long high() {
    return high;
  }

  /** The last 16 hexadecimal digits. */
  long low() {
    return low;
  }

  @Override
  public int compareTo(TicketId other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TicketId id && id.high == high && id.low == low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }

  @Override
  public String toString() {
    return value().toString();
  }
}
