package org.lesbillets.model.query;

import java.time.Instant;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.QueryTerm.Condition;

/**
 * A comparison of a time that passes with a duration. Immutable; any thread.
 *
 * @param wanted in milliseconds; 0 or more
 */
record SpanCondition(Span span, Comparison comparison, long wanted) implements Condition {

  /** A time that passes. */
  enum Span {
    AGE,
    UPDATED,
    HELD,
    EXPIRES;

    private boolean isThere(Ticket ticket) {
      return switch (this) {
        case AGE, UPDATED -> true;
        case HELD, EXPIRES -> ticket.isLocked();
      };
    }

    private long millis(Ticket ticket, QueryContext context) {
      return switch (this) {
        case AGE -> since(ticket.created().at(), context);
        case UPDATED -> since(ticket.updated().at(), context);
        case HELD -> since(ticket.lock().since(), context);
        case EXPIRES -> ticket.lock().expiresIn().toMillis();
      };
    }

    private static long since(Instant then, QueryContext context) {
      return context.now().toEpochMilli() - then.toEpochMilli();
    }
  }

  @Override
  public boolean holds(Ticket ticket, QueryContext context) {
    return span.isThere(ticket)
        && comparison.holds(Long.compare(span.millis(ticket, context), wanted));
  }

  @Override
  public long changesAt(Ticket ticket, QueryContext context) {
    if (!span.isThere(ticket)) {
      return QueryTerm.NEVER;
    }
    long millis = span.millis(ticket, context);
    boolean withWanted = comparison == Comparison.LESS || comparison == Comparison.AT_LEAST;
    long left;
    if (span == Span.EXPIRES) {
      long last = withWanted ? wanted - 1 : wanted;
      left = last < 0 ? 0 : millis - last;
    } else {
      left = (withWanted ? wanted : wanted + 1) - millis;
    }
    return left > 0 ? context.now().toEpochMilli() + left : QueryTerm.NEVER;
  }

  @Override
  public boolean isOfLease() {
    return span == Span.EXPIRES;
  }
}
