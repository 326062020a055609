package org.lesbillets.model.message;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketDraft;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/**
 * A request. Each is answered exactly once; its {@code requestId} (1 to 64 characters) is the
 * client's own. Fields that may be left out are null then.
 */
public sealed interface ClientMessage {

  String requestId();

  <R> R accept(Handler<R> handler);

  /** The name of this kind of message on the wire. */
  default String type() {
    return getClass().getSimpleName();
  }

  /**
   * A request that changes something.
   *
   * <p>Its operation id, chosen by the client and scoped to the agent, makes it safe to send again:
   * the same one has one effect. Null when the client gave none.
   */
  sealed interface Change extends ClientMessage {
    UUID operationId();

    /** The same change under another request id and operation id. */
    Change identified(String requestId, UUID operationId);
  }

  /** A change to a ticket that exists. */
  sealed interface TicketChange extends Change {
    TicketRef ticket();
  }

  /**
   * @param query null for all tickets
   * @param order null for by number
   * @param limit at most so many, 1 or more; null for all
   * @param watch true to hear of later events, false to stop hearing, null to leave it as it is
   * @param since with watch, where to go on
   */
  record GetTickets(
      String requestId,
      TicketQuery query,
      TicketOrder order,
      Integer limit,
      Boolean watch,
      ResumePoint since)
      implements ClientMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onGetTickets(this);
    }
  }

  /**
   * @param history whether the events are wanted too
   * @param before only comments and events below this revision; null for the newest
   * @param limit at most so many of each, 1 to 1,000; null for 100
   */
  record GetTicket(String requestId, TicketRef ticket, boolean history, Long before, Integer limit)
      implements ClientMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onGetTicket(this);
    }
  }

  record CreateTicket(String requestId, UUID operationId, TicketDraft draft) implements Change {
    @Override
    public CreateTicket identified(String requestId, UUID operationId) {
      return new CreateTicket(requestId, operationId, draft);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onCreateTicket(this);
    }
  }

  /**
   * @param token of the lock to renew, or null to take a new one
   * @param waiting how long to stay in line, or null not to wait
   * @param steal the lock to break for it, or null
   */
  record LockTicket(
      String requestId,
      UUID operationId,
      TicketRef ticket,
      Long token,
      LockTerms terms,
      LockWait waiting,
      LockBreak steal)
      implements TicketChange {
    public LockTicket {
      Objects.requireNonNull(terms, "terms");
    }

    @Override
    public LockTicket identified(String requestId, UUID operationId) {
      return new LockTicket(requestId, operationId, ticket, token, terms, waiting, steal);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onLockTicket(this);
    }
  }

  record CancelWait(String requestId, String waitRequestId) implements ClientMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onCancelWait(this);
    }
  }

  /**
   * @param query null for any ticket
   * @param order null for the most urgent, then the oldest
   * @param returns whether the claim goes back to the pool unless its holder releases it plainly
   */
  record ClaimTicket(
      String requestId,
      UUID operationId,
      TicketQuery query,
      TicketOrder order,
      LockTerms terms,
      boolean returns)
      implements Change {
    public ClaimTicket {
      Objects.requireNonNull(terms, "terms");
    }

    /** A claim that does not go back to the pool. */
    public ClaimTicket(
        String requestId, UUID operationId, TicketQuery query, TicketOrder order, LockTerms terms) {
      this(requestId, operationId, query, order, terms, false);
    }

    /** The same claim, which goes back to the pool. */
    public ClaimTicket returning() {
      return new ClaimTicket(requestId, operationId, query, order, terms, true);
    }

    @Override
    public ClaimTicket identified(String requestId, UUID operationId) {
      return new ClaimTicket(requestId, operationId, query, order, terms, returns);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onClaimTicket(this);
    }
  }

  /**
   * @param token the lock the change is made under, or null
   * @param ifRevision refuse when the ticket's changedRevision is greater, or null
   * @param unlock whether to release the lock in the same step
   */
  record UpdateTicket(
      String requestId,
      UUID operationId,
      TicketRef ticket,
      TicketPatch changes,
      Long token,
      Long ifRevision,
      boolean unlock)
      implements TicketChange {
    @Override
    public UpdateTicket identified(String requestId, UUID operationId) {
      return new UpdateTicket(requestId, operationId, ticket, changes, token, ifRevision, unlock);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onUpdateTicket(this);
    }
  }

  record CommentTicket(String requestId, UUID operationId, TicketRef ticket, String text)
      implements TicketChange {
    @Override
    public CommentTicket identified(String requestId, UUID operationId) {
      return new CommentTicket(requestId, operationId, ticket, text);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onCommentTicket(this);
    }
  }

  /**
   * @param token the lock to release, or null for whichever one holds
   * @param force the lock to break, or null
   * @param giveBack how the claim that took the lock is given back, or null to keep its assignment
   */
  record UnlockTicket(
      String requestId,
      UUID operationId,
      TicketRef ticket,
      Long token,
      LockBreak force,
      GiveBack giveBack)
      implements TicketChange {

    /** A release or a break that leaves the assignment as it is. */
    public UnlockTicket(
        String requestId, UUID operationId, TicketRef ticket, Long token, LockBreak force) {
      this(requestId, operationId, ticket, token, force, null);
    }

    @Override
    public UnlockTicket identified(String requestId, UUID operationId) {
      return new UnlockTicket(requestId, operationId, ticket, token, force, giveBack);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onUnlockTicket(this);
    }
  }

  /**
   * A whole ticket from elsewhere (admin).
   *
   * @param ticket its revisions and lock are not taken over
   */
  record ImportTicket(String requestId, UUID operationId, Ticket ticket, List<Comment> comments)
      implements Change {
    public ImportTicket {
      comments = List.copyOf(comments);
    }

    @Override
    public ImportTicket identified(String requestId, UUID operationId) {
      return new ImportTicket(requestId, operationId, ticket, comments);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onImportTicket(this);
    }
  }

  /**
   * A comment from elsewhere on a ticket that was imported with more than one message holds
   * (admin). It moves neither the time of the ticket's last change nor who made it.
   *
   * @param comment its id is not taken over
   * @param place how many comments the ticket has before it: refused when it has more or fewer
   */
  record ImportComment(
      String requestId, UUID operationId, TicketRef ticket, Comment comment, long place)
      implements TicketChange {
    public ImportComment {
      Objects.requireNonNull(comment, "comment");
    }

    @Override
    public ImportComment identified(String requestId, UUID operationId) {
      return new ImportComment(requestId, operationId, ticket, comment, place);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onImportComment(this);
    }
  }

  /** Who is connected (admin). */
  record ListSessions(String requestId) implements ClientMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onListSessions(this);
    }
  }

  /** Cuts one session (admin). */
  record KickSession(String requestId, String session) implements ClientMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onKickSession(this);
    }
  }

  /** Asks everybody to move to another server (admin). */
  record Drain(String requestId, Duration after) implements ClientMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onDrain(this);
    }
  }

  /** Writes a copy of the journal to a file on the server (admin). */
  record Backup(String requestId, String path) implements ClientMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onBackup(this);
    }
  }

  /**
   * Forgets old history (admin).
   *
   * @param keepEvents how many of the newest events stay
   */
  record Compact(String requestId, long keepEvents) implements ClientMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onCompact(this);
    }
  }

  /** Removes what a ticket says, and its history, for good (admin). */
  record RedactTicket(String requestId, UUID operationId, TicketRef ticket, String reason)
      implements TicketChange {
    @Override
    public RedactTicket identified(String requestId, UUID operationId) {
      return new RedactTicket(requestId, operationId, ticket, reason);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onRedactTicket(this);
    }
  }

  record Ping(String requestId) implements ClientMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onPing(this);
    }
  }

  /** One method for each kind of request. */
  interface Handler<R> {
    R onGetTickets(GetTickets message);

    R onGetTicket(GetTicket message);

    R onCreateTicket(CreateTicket message);

    R onLockTicket(LockTicket message);

    R onCancelWait(CancelWait message);

    R onClaimTicket(ClaimTicket message);

    R onUpdateTicket(UpdateTicket message);

    R onCommentTicket(CommentTicket message);

    R onUnlockTicket(UnlockTicket message);

    R onImportTicket(ImportTicket message);

    R onImportComment(ImportComment message);

    R onListSessions(ListSessions message);

    R onKickSession(KickSession message);

    R onDrain(Drain message);

    R onBackup(Backup message);

    R onCompact(Compact message);

    R onRedactTicket(RedactTicket message);

    R onPing(Ping message);
  }
}
