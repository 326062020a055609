package org.lesbillets.model.rules;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;

/** Requests for tests, on tickets by their number. */
public final class Ask {
  public static final TicketPatch CLOSE = TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED);
  public static final TicketPatch REOPEN = TicketPatch.of(TicketField.STATUS, TicketStatus.OPEN);
  public static final TicketPatch TAG = TicketPatch.NOTHING.withTags(List.of("vpn"), List.of());

  private Ask() {}

  public static ClientMessage.CreateTicket create(String id, String title) {
    return new ClientMessage.CreateTicket(id, null, TicketContent.titled(title));
  }

  public static ClientMessage.LockTicket lock(String id, long ticket) {
    return lock(id, ticket, null, LockTerms.DEFAULT);
  }

  public static ClientMessage.LockTicket lock(String id, long ticket, Duration ttl) {
    return lock(id, ticket, null, new LockTerms(ttl, null, null));
  }

  /** Waits for ever. */
  public static ClientMessage.LockTicket waitFor(String id, long ticket) {
    return waitFor(id, ticket, LockWait.FOREVER);
  }

  public static ClientMessage.LockTicket waitFor(String id, long ticket, LockWait waiting) {
    return new ClientMessage.LockTicket(
        id, null, TicketRef.of(ticket), null, LockTerms.DEFAULT, waiting, null);
  }

  public static ClientMessage.CancelWait cancel(String id, String waitRequestId) {
    return new ClientMessage.CancelWait(id, waitRequestId);
  }

  public static ClientMessage.LockTicket steal(String id, long ticket, long token, String reason) {
    LockBreak seen = new LockBreak(token, reason);
    return new ClientMessage.LockTicket(
        id, null, TicketRef.of(ticket), null, LockTerms.DEFAULT, null, seen);
  }

  public static ClientMessage.UnlockTicket force(
      String id, long ticket, long token, String reason) {
    return new ClientMessage.UnlockTicket(
        id, null, TicketRef.of(ticket), null, new LockBreak(token, reason), null);
  }

  public static ClientMessage.ClaimTicket claim(String id) {
    return new ClientMessage.ClaimTicket(id, null, null, null, LockTerms.DEFAULT, false);
  }

  public static ClientMessage.ClaimTicket claim(String id, String query) {
    try {
      return new ClientMessage.ClaimTicket(
          id, null, TicketQuery.parse(query), null, LockTerms.DEFAULT, false);
    } catch (QuerySyntaxException e) {
      throw new AssertionError(e);
    }
  }

  public static ClientMessage.LockTicket renew(String id, long ticket, long token) {
    return lock(id, ticket, token, LockTerms.DEFAULT);
  }

  public static ClientMessage.LockTicket lock(String id, long ticket, Long token, LockTerms terms) {
    return new ClientMessage.LockTicket(id, null, TicketRef.of(ticket), token, terms, null, null);
  }

  public static ClientMessage.UnlockTicket unlock(String id, long ticket, Long token) {
    return new ClientMessage.UnlockTicket(id, null, TicketRef.of(ticket), token, null, null);
  }

  public static ClientMessage.UnlockTicket giveBack(
      String id, long ticket, Long token, GiveBack giveBack) {
    return new ClientMessage.UnlockTicket(id, null, TicketRef.of(ticket), token, null, giveBack);
  }

  /** A claim that goes back to the pool. */
  public static ClientMessage.ClaimTicket claimReturning(String id, Duration ttl) {
    return new ClientMessage.ClaimTicket(
        id, null, null, null, new LockTerms(ttl, null, null), true);
  }

  public static ClientMessage.UpdateTicket update(String id, long ticket, TicketPatch changes) {
    return update(id, ticket, changes, null);
  }

  public static ClientMessage.UpdateTicket update(
      String id, long ticket, TicketPatch changes, Long token) {
    return new ClientMessage.UpdateTicket(
        id, null, TicketRef.of(ticket), changes, token, null, false);
  }

  public static ClientMessage.UpdateTicket title(String id, long ticket, String title) {
    return update(id, ticket, TicketPatch.of(TicketField.TITLE, title));
  }

  public static ClientMessage.CommentTicket comment(String id, long ticket, String text) {
    return new ClientMessage.CommentTicket(id, null, TicketRef.of(ticket), text);
  }

  /** Reports a trouble without a comment; what was closed stays so. */
  public static ClientMessage.RaiseTicket raise(String id, String key) {
    return raise(id, key, null, null);
  }

  public static ClientMessage.RaiseTicket raise(
      String id, String key, String text, Duration reopenWithin) {
    return new ClientMessage.RaiseTicket(
        id, null, key, TicketContent.titled("About " + key), text, reopenWithin);
  }

  public static ClientMessage.GetTickets list(String id) {
    return new ClientMessage.GetTickets(id, null, null, null, null, null);
  }

  public static ClientMessage.GetTickets watch(String id) {
    return new ClientMessage.GetTickets(id, null, null, null, true, null);
  }

  public static ClientMessage.GetTicket show(String id, TicketRef ticket) {
    return new ClientMessage.GetTicket(id, ticket, false);
  }

  /** The same change as operation {@code operation}. */
  public static ClientMessage.Change as(UUID operation, ClientMessage.Change change) {
    return change.identified(change.requestId(), operation);
  }

  /** The same change once more, under another request id. */
  public static ClientMessage.Change again(String id, ClientMessage.Change change) {
    return change.identified(id, change.operationId());
  }
}
