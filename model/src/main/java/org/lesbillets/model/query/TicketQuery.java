package org.lesbillets.model.query;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;

/**
 * A predicate on tickets: the conjunction of terms of the form {@code field:value}, words and
 * {@code "phrases"}; {@code not:TERM} or {@code -TERM} negates one.
 *
 * <p>Immutable; any thread. The cost of evaluating it on one ticket is bounded: at most {@value
 * #MAX_SEARCH_TEXTS} linear searches through its texts, about 1 ms for a description of 64 KiB, and
 * {@value #MAX_TERMS} comparisons.
 */
public final class TicketQuery {
  /** How long a query's text may be, in UTF-16 units. */
  public static final int MAX_LENGTH = 4096;

  /** How many terms a query may have; each alternative of a term counts as one. */
  public static final int MAX_TERMS = 32;

  /** How many of the terms may search through title and description. */
  public static final int MAX_SEARCH_TEXTS = 8;

  /** No moment at all, in milliseconds of the epoch. */
  public static final long NEVER = QueryTerm.NEVER;

  /** The query every ticket matches. */
  public static final TicketQuery ALL = new TicketQuery("", List.of());

  private final String text;
  private final QueryTerm[] terms;

  private TicketQuery(String text, List<QueryTerm> terms) {
    this.text = text;
    this.terms =
        terms.stream().sorted(Comparator.comparing(QueryTerm::kind)).toArray(QueryTerm[]::new);
  }

  /**
   * Reads a query; one of nothing but white space means all tickets.
   *
   * @throws QuerySyntaxException if it cannot be understood; it says where and what to write
   */
  public static TicketQuery parse(String text) throws QuerySyntaxException {
    Objects.requireNonNull(text, "text");
    if (text.length() > MAX_LENGTH) {
      throw QuerySyntaxException.beyond(
          MAX_LENGTH, "the query is too long: write at most %d characters", MAX_LENGTH + 1);
    }
    return text.isEmpty() ? ALL : new TicketQuery(text, new QueryParser(text).terms());
  }

  /** What can stand before the colon of a term. */
  public static List<String> fields() {
    return QueryField.words();
  }

  /** The text this was read from, unchanged. */
  public String text() {
    return text;
  }

  /** Whether it has no terms, so that every ticket matches. */
  public boolean isAll() {
    return terms.length == 0;
  }

  /**
   * Whether time alone can change the result for a ticket ({@code age}, {@code updated}, {@code
   * held}, {@code expires}).
   */
  public boolean mentionsTime() {
    for (QueryTerm term : terms) {
      if (term.kind() == QueryTerm.Kind.TIME) {
        return true;
      }
    }
    return false;
  }

  /** Whether the remaining time of a lease can change the result ({@code expires}). */
  public boolean mentionsLeases() {
    for (QueryTerm term : terms) {
      if (term.condition().isOfLease()) {
        return true;
      }
    }
    return false;
  }

  /**
   * When time alone may change the result for a ticket that nothing else changes: the first moment
   * after that of the context, in milliseconds of the epoch, {@link #NEVER} if there is none. At
   * that moment the result may still be the same. Searches no texts.
   */
  public long changesAt(Ticket ticket, QueryContext context) {
    long first = NEVER;
    for (QueryTerm term : terms) {
      if (term.kind() == QueryTerm.Kind.SEARCH) {
        break;
      }
      long at = term.condition().changesAt(ticket, context);
      if (at == NEVER && !term.matches(ticket, context)) {
        return NEVER;
      }
      first = Math.min(first, at);
    }
    return first;
  }

  /** Whether it searches through descriptions, so that a single ticket may cost 1 ms. */
  public boolean searchesTexts() {
    return terms.length > 0 && terms[terms.length - 1].kind() == QueryTerm.Kind.SEARCH;
  }

  /** Whether {@code ticket} is meant; a description left out counts as empty. */
  public boolean matches(Ticket ticket, QueryContext context) {
    for (QueryTerm term : terms) {
      if (!term.matches(ticket, context)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether two states of one ticket have the same result for every query that does not mention
   * time: comments and renewals change nothing that it reads.
   *
   * @param before null if there was none
   */
  public static boolean cannotTell(Ticket before, Ticket after) {
    return before != null
        && Objects.equals(holder(before), holder(after))
        && before.content().equals(after.content());
  }

  private static AgentName holder(Ticket ticket) {
    return ticket.isLocked() ? ticket.lock().holder() : null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TicketQuery query && text.equals(query.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
