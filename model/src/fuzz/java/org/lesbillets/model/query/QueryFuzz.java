package org.lesbillets.model.query;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;

/**
 * Fuzz target of the query language: a text is a query, or is refused by a {@link
 * QuerySyntaxException} whose column is in the text; a query matches tickets without an exception,
 * and means the same when its own text is parsed again. For one thread.
 */
public final class QueryFuzz {
  private static final Ticket TICKET =
      TicketMaker.ticket(17).title("Printer on fire").tags("vpn", "on call").make();
  private static final QueryContext CONTEXT =
      new QueryContext(new AgentName("alice"), Instant.parse("2026-11-30T09:00:00Z"));

  private QueryFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    TicketQuery query;
    try {
      query = TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      if (e.getMessage().isBlank() || e.column() < 1 || e.column() > text.length() + 1) {
        throw new AssertionError("column " + e.column() + ": " + e.getMessage(), e);
      }
      return;
    }
    boolean matches = query.matches(TICKET, CONTEXT);
    try {
      TicketQuery again = TicketQuery.parse(query.text());
      if (!again.equals(query) || again.matches(TICKET, CONTEXT) != matches) {
        throw new AssertionError("another query: " + query.text());
      }
    } catch (QuerySyntaxException e) {
      throw new AssertionError("not parsed again: " + query.text(), e);
    }
  }
}
