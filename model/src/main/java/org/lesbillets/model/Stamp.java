package org.lesbillets.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Author and time of a change, on the server's wall clock: shown, never compared with a lease.
 * Immutable; any thread. The time is kept as a number, since each ticket has two stamps.
 *
 * @param atMillis milliseconds since 1970, UTC
 */
public record Stamp(long atMillis, AgentName by) {
  public Stamp {
    Objects.requireNonNull(by, "by");
  }

  /**
   * @param at what is finer than a millisecond is cut off, as on the wire
   */
  public Stamp(Instant at, AgentName by) {
    this(at.toEpochMilli(), by);
  }

  public Instant at() {
    return Instant.ofEpochMilli(atMillis);
  }

  /** By hand, as {@link #hashCode}: the first equals of a record costs a short command 15 ms. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Stamp stamp
        && atMillis == stamp.atMillis
        && by.value().equals(stamp.by.value());
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(atMillis) + by.value().hashCode();
  }
}
