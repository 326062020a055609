package org.lesbillets.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * A place in the order of what time alone changes: the instants, and at each the tickets by their
 * numbers. Immutable; any thread.
 *
 * @param at on the server's wall clock
 * @param number of the last ticket at that instant; {@link #ALL} for all of them
 */
public record TimeMark(Instant at, long number) implements Comparable<TimeMark> {
  /** Stands for every ticket. */
  public static final long ALL = Long.MAX_VALUE;

  private static final Comparator<TimeMark> ORDER =
      Comparator.comparing(TimeMark::at).thenComparingLong(TimeMark::number);

  public TimeMark {
    Objects.requireNonNull(at, "at");
  }

  /** Behind everything at this instant. */
  public static TimeMark after(Instant at) {
    return new TimeMark(at, ALL);
  }

  @Override
  public int compareTo(TimeMark other) {
    return ORDER.compare(this, other);
  }
}
