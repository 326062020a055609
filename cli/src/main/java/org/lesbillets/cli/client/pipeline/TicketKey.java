package org.lesbillets.cli.client.pipeline;

import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;

/**
 * The key for per-ticket serialization: which tickets a request is about, as far as it says so.
 *
 * @param ref the one ticket, where the form is NUMBER or ID; else null
 */
record TicketKey(Form form, TicketRef ref) {

  /** How a request names its tickets. */
  enum Form {
    /** It is about none. */
    NONE,
    /** It creates one, which no other request can name yet. */
    NEW,
    NUMBER,
    ID,
    /** It may be about any. */
    ANY
  }

  static TicketKey of(ClientMessage message) {
    if (message instanceof ClientMessage.TicketChange change) {
      return of(change.ticket());
    }
    if (message instanceof ClientMessage.GetTicket get) {
      return of(get.ticket());
    }
    if (message instanceof ClientMessage.ImportTicket imports) {
      return of(TicketRef.of(imports.ticket().id()));
    }
    if (message instanceof ClientMessage.CreateTicket) {
      return new TicketKey(Form.NEW, null);
    }
    return message instanceof ClientMessage.Ping
        ? new TicketKey(Form.NONE, null)
        : new TicketKey(Form.ANY, null);
  }

  private static TicketKey of(TicketRef ref) {
    if (ref instanceof TicketRef.ByPrefix || ref instanceof TicketRef.ByKey) {
      return new TicketKey(Form.ANY, null);
    }
    return new TicketKey(ref instanceof TicketRef.ByNumber ? Form.NUMBER : Form.ID, ref);
  }
}
