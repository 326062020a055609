package org.lesbillets.model.query;

import org.lesbillets.model.Ticket;

/** Placeholder to be replaced by the query language. */
public final class TicketQuery {
  public static final TicketQuery ALL = new TicketQuery("");
  private final String text;

  private TicketQuery(String text) {
    this.text = text;
  }

  public static TicketQuery parse(String text) throws QuerySyntaxException {
    if (text.isEmpty()) {
      return ALL;
    }
    return new TicketQuery(text);
  }

  public String text() {
    return text;
  }

  public boolean matches(Ticket ticket, QueryContext context) {
    return ticket.number() >= 0 && context != null;
  }
}
