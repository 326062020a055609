package org.lesbillets.model;

import java.util.Objects;
import java.util.UUID;

/**
 * What a ticket is known by for ever, across journals and servers. Ordered as its text is, so that
 * the tickets of a UUID prefix stand together.
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
