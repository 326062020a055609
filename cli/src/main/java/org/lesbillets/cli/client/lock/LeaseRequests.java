package org.lesbillets.cli.client.lock;

import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;

/** The requests about one lease. Immutable; any thread. */
record LeaseRequests(Lease lease) {
  private TicketRef ticket() {
    return TicketRef.of(lease.number());
  }

  /** A watch of its ticket alone. */
  GetTickets watch(String requestId) {
    return GetTickets.watching(requestId, only(), null);
  }

  /** Its ticket as it is. */
  GetTickets look(String requestId) {
    return new GetTickets(requestId, only(), null, 1);
  }

  /** A watch of all that this agent holds. */
  static GetTickets watchHeld(String requestId) {
    return GetTickets.watching(requestId, query("holder:me"), null);
  }

  /** The end of a watch; the answer has one ticket at most. */
  static GetTickets watchNothing(String requestId) {
    return GetTickets.ending(requestId, query("number:1"));
  }

  private TicketQuery only() {
    return query("number:" + lease.number());
  }

  private static TicketQuery query(String text) {
    try {
      return TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  LockTicket renewal(String requestId) {
    LockTerms terms = LockTerms.DEFAULT.withTtl(lease.ttl());
    return new LockTicket(ticket(), terms).renewing(lease.token()).identified(requestId, null);
  }

  /** The newest events of its ticket. */
  GetTicket history(String requestId) {
    return new GetTicket(requestId, ticket(), true);
  }

  /**
   * The release of its lock.
   *
   * @param giveBack null for a plain one
   */
  UnlockTicket release(String requestId, GiveBack giveBack) {
    return new UnlockTicket(ticket(), lease.token())
        .givingBack(giveBack)
        .identified(requestId, null);
  }
}
