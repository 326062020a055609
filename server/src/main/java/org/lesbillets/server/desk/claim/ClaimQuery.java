package org.lesbillets.server.desk.claim;

import java.time.Instant;
import java.util.regex.Pattern;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketQuery;

/**
 * What a waiting claim asks for. Claims with an equal one are evaluated once. Immutable; any
 * thread.
 *
 * @param me whom {@code me} stands for; null where the query cannot speak of them
 */
public record ClaimQuery(TicketQuery query, AgentName me) {
  private static final Pattern ME = Pattern.compile("\\bme\\b");

  /** Stands for the claimant of a query that does not speak of them. */
  private static final AgentName NOBODY = new AgentName("nobody");

  public static ClaimQuery of(AgentName claimant, ClaimTicket claim) {
    TicketQuery query = claim.query() == null ? TicketQuery.ALL : claim.query();
    return new ClaimQuery(query, ME.matcher(query.text()).find() ? claimant : null);
  }

  /** Of its text, in characters. */
  public int length() {
    return query.text().length();
  }

  /** Whether a claimable ticket can begin to match without an event. */
  public boolean mentionsTime() {
    return query.mentionsTime();
  }

  /** Whether a single ticket may be costly to compare. */
  boolean searchesTexts() {
    return query.searchesTexts();
  }

  boolean matches(Ticket ticket, Instant now) {
    return query.matches(ticket, new QueryContext(me == null ? NOBODY : me, now));
  }
}
