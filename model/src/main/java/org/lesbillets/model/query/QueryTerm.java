package org.lesbillets.model.query;

import org.lesbillets.model.Ticket;

/**
 * One parsed term of a query: a predicate on tickets. Immutable; any thread.
 *
 * @param negated whether a ticket matches that does not fulfil the condition
 */
record QueryTerm(Condition condition, boolean negated, Kind kind) {

  /** Kinds of terms, in the order in which they are evaluated: the cheapest first. */
  enum Kind {
    /** A comparison with a field. */
    FIELD,
    /** A comparison with a field whose result depends on the moment. */
    TIME,
    /** A search through the title and the description. */
    SEARCH
  }

  /** No moment at all. */
  static final long NEVER = Long.MAX_VALUE;

  /** What a term says of a ticket. Stateless; any thread. */
  @FunctionalInterface
  interface Condition {
    boolean holds(Ticket ticket, QueryContext context);

    /** The first moment after that of the context at which time alone may change the result. */
    default long changesAt(Ticket ticket, QueryContext context) {
      return NEVER;
    }

    /** Whether the remaining time of a lease decides. */
    default boolean isOfLease() {
      return false;
    }

    /** This or the other. */
    default Condition or(Condition other) {
      return (ticket, context) -> holds(ticket, context) || other.holds(ticket, context);
    }
  }

  boolean matches(Ticket ticket, QueryContext context) {
    return condition.holds(ticket, context) != negated;
  }
}
