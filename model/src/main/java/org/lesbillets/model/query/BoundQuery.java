package org.lesbillets.model.query;

import java.time.Instant;
import java.util.regex.Pattern;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;

/**
 * A query with whom {@code me} stands for. Equal ones have equal results for a ticket at a moment,
 * so that one evaluation serves all who ask. Immutable; any thread.
 *
 * @param me whom {@code me} stands for; null where the query cannot speak of them
 */
public record BoundQuery(TicketQuery query, AgentName me) {
  private static final Pattern ME = Pattern.compile("\\bme\\b");

  /** Stands for the asker of a query that does not speak of them. */
  private static final AgentName NOBODY = new AgentName("nobody");

  /**
   * @param query null for the one that every ticket matches
   */
  public static BoundQuery of(AgentName asker, TicketQuery query) {
    TicketQuery asked = query == null ? TicketQuery.ALL : query;
    return new BoundQuery(asked, ME.matcher(asked.text()).find() ? asker : null);
  }

  /** Of its text, in characters. */
  public int length() {
    return query.text().length();
  }

  /** Whether time alone can change the result for a ticket. */
  public boolean mentionsTime() {
    return query.mentionsTime();
  }

  /** Whether a single ticket may be costly to compare. */
  public boolean searchesTexts() {
    return query.searchesTexts();
  }

  /**
   * Whether a ticket is meant; a description left out counts as empty.
   *
   * @param now the moment ages are counted from, on the server's wall clock
   */
  public boolean matches(Ticket ticket, Instant now) {
    return query.matches(ticket, new QueryContext(me == null ? NOBODY : me, now));
  }
}
