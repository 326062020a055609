package org.lesbillets.model;

import java.util.Objects;
import java.util.UUID;

/**
 * The permanent identity of a ticket, across journals and servers. Ordered by its text, so that a
 * UUID prefix selects one range of an index. Immutable; any thread.
 */
public record TicketId(UUID value) implements Comparable<TicketId> {
  public TicketId {
    Objects.requireNonNull(value, "value");
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

  @Override
  public int compareTo(TicketId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
