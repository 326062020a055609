package org.lesbillets.model.message;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/**
 * A request of a client. Each is answered exactly once; its {@code requestId} (1 to 64 characters)
 * is chosen by the client. Optional fields are null when left out. Immutable.
 */
public sealed interface ClientMessage
    permits ClientMessage.Read, ClientMessage.Change, AdminMessage {

  String requestId();

  <R> R accept(Visitor<R> visitor);

  /** The least role whose token may send it. */
  Role requiredRole();

  /** The name of this kind of message on the wire. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** A request that changes no ticket; every role may send it. */
  sealed interface Read extends ClientMessage {
    <R> R accept(ReadVisitor<R> visitor);

    /**
     * Whether the answer has to have every change that was acknowledged before, by any server
     * (linearizable), which takes a look at the store.
     */
    default boolean fresh() {
      return false;
    }

    @Override
    default <R> R accept(Visitor<R> visitor) {
      return visitor.onRead(this);
    }

    @Override
    default Role requiredRole() {
      return Role.READER;
    }
  }

  /**
   * A request that changes a ticket or its lock.
   *
   * <p>Its operation id is an idempotency key, chosen by the client and scoped to the agent: a
   * retry under the same one has no second effect. Null when the client gave none.
   */
  sealed interface Change extends ClientMessage {
    UUID operationId();

    /** The same change under another request id and operation id. */
    Change identified(String requestId, UUID operationId);

    <R> R accept(ChangeVisitor<R> visitor);

    @Override
    default <R> R accept(Visitor<R> visitor) {
      return visitor.onChange(this);
    }

    @Override
    default Role requiredRole() {
      return Role.AGENT;
    }
  }

  /** A change to a ticket that exists. */
  sealed interface TicketChange extends Change {
    TicketRef ticket();
  }

  /** A change that may wait in a queue of the server. */
  sealed interface WaitableChange extends Change {
    /** Time limit in the queue, or null not to wait. */
    LockWait waiting();

    /** The same request with another time limit. */
    WaitableChange queued(LockWait waiting);
  }

  /**
   * @param query null for all tickets
   * @param order null for by number
   * @param limit at most so many, 1 or more; null for all
   * @param watch true to start a watch, false to end it, null to leave it as it is
   * @param since with watch, the point to resume from
   * @param projection how much of each ticket the answer has; whole tickets with watch
   */
  record GetTickets(
      String requestId,
      TicketQuery query,
      TicketOrder order,
      Integer limit,
      Boolean watch,
      ResumePoint since,
      Projection projection,
      boolean fresh)
      implements Read {
    public GetTickets {
      Objects.requireNonNull(projection, "projection");
    }

    /** Whole tickets. */
    public GetTickets(
        String requestId,
        TicketQuery query,
        TicketOrder order,
        Integer limit,
        Boolean watch,
        ResumePoint since) {
      this(requestId, query, order, limit, watch, since, Projection.WHOLE, false);
    }

    /** A list, which starts and ends no watch. */
    public GetTickets(String requestId, TicketQuery query, TicketOrder order, Integer limit) {
      this(requestId, query, order, limit, null, null);
    }

    /** The same request, with so much of each ticket. */
    public GetTickets telling(Projection projection) {
      return new GetTickets(requestId, query, order, limit, watch, since, projection, fresh);
    }

    /** The same request, for an answer that is fresh, or need not be. */
    public GetTickets fresh(boolean fresh) {
      return new GetTickets(requestId, query, order, limit, watch, since, projection, fresh);
    }

    /** The start of a watch. */
    public static GetTickets watching(String requestId, TicketQuery query, ResumePoint since) {
      return new GetTickets(requestId, query, null, null, true, since);
    }

    /** The end of a watch, answered with one ticket at most. */
    public static GetTickets ending(String requestId, TicketQuery query) {
      return new GetTickets(requestId, query, null, 1, false, null);
    }

    @Override
    public <R> R accept(ReadVisitor<R> visitor) {
      return visitor.onGetTickets(this);
    }
  }

  /**
   * @param history whether to include the events
   * @param limit at most so many of each, 1 to 1,000; null for 100
   */
  record GetTicket(
      String requestId,
      TicketRef ticket,
      boolean history,
      DetailsCursor cursor,
      Integer limit,
      boolean fresh)
      implements Read {
    public GetTicket {
      Objects.requireNonNull(cursor, "cursor");
    }

    /** A page, as the server knows the ticket. */
    public GetTicket(
        String requestId, TicketRef ticket, boolean history, DetailsCursor cursor, Integer limit) {
      this(requestId, ticket, history, cursor, limit, false);
    }

    /** The newest comments, and events where they are included. */
    public GetTicket(String requestId, TicketRef ticket, boolean history) {
      this(requestId, ticket, history, DetailsCursor.NEWEST, null);
    }

    /** The same request, for an answer that is fresh, or need not be. */
    public GetTicket fresh(boolean fresh) {
      return new GetTicket(requestId, ticket, history, cursor, limit, fresh);
    }

    @Override
    public <R> R accept(ReadVisitor<R> visitor) {
      return visitor.onGetTicket(this);
    }
  }

  record CreateTicket(String requestId, UUID operationId, TicketContent content) implements Change {
    /** A creation that is identified when it is sent. */
    public CreateTicket(TicketContent content) {
      this(null, null, content);
    }

    @Override
    public CreateTicket identified(String requestId, UUID operationId) {
      return new CreateTicket(requestId, operationId, content);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.onCreateTicket(this);
    }
  }

  /**
   * @param token of the lock to renew, or null to take a new one
   * @param waiting time limit in the wait queue, or null not to wait
   * @param steal the lock to break for it, or null
   * @param whilePid a process of the client's user, on the server's machine: its end ends the lock;
   *     null for none
   */
  record LockTicket(
      String requestId,
      UUID operationId,
      TicketRef ticket,
      Long token,
      LockTerms terms,
      LockWait waiting,
      LockBreak steal,
      Long whilePid)
      implements TicketChange, WaitableChange {
    public LockTicket {
      Objects.requireNonNull(terms, "terms");
    }

    /** A request for a lock that lasts as long as its terms say. */
    public LockTicket(
        String requestId,
        UUID operationId,
        TicketRef ticket,
        Long token,
        LockTerms terms,
        LockWait waiting,
        LockBreak steal) {
      this(requestId, operationId, ticket, token, terms, waiting, steal, null);
    }

    /** A request for a free lock, which is identified when it is sent. */
    public LockTicket(TicketRef ticket, LockTerms terms) {
      this(null, null, ticket, null, terms, null, null);
    }

    public LockTicket renewing(Long token) {
      return new LockTicket(requestId, operationId, ticket, token, terms, waiting, steal, whilePid);
    }

    @Override
    public LockTicket queued(LockWait waiting) {
      return new LockTicket(requestId, operationId, ticket, token, terms, waiting, steal, whilePid);
    }

    /** The lock ends with this process. */
    public LockTicket whileRuns(Long pid) {
      return new LockTicket(requestId, operationId, ticket, token, terms, waiting, steal, pid);
    }

    public LockTicket stealing(LockBreak steal) {
      return new LockTicket(requestId, operationId, ticket, token, terms, waiting, steal, whilePid);
    }

    @Override
    public LockTicket identified(String requestId, UUID operationId) {
      return new LockTicket(requestId, operationId, ticket, token, terms, waiting, steal, whilePid);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.onLockTicket(this);
    }
  }

  /** Takes a request that waits out of its queue; that one is answered TIMEOUT. */
  record CancelWait(String requestId, String waitRequestId) implements Read {
    @Override
    public <R> R accept(ReadVisitor<R> visitor) {
      return visitor.onCancelWait(this);
    }
  }

  /**
   * @param query null for any ticket
   * @param order null for the most urgent, then the oldest
   * @param returns whether the claim goes back to the pool unless its holder releases it plainly
   * @param waiting time limit in the queue of waiting claims, or null not to wait
   */
  record ClaimTicket(
      String requestId,
      UUID operationId,
      TicketQuery query,
      TicketOrder order,
      LockTerms terms,
      boolean returns,
      LockWait waiting)
      implements WaitableChange {
    public ClaimTicket {
      Objects.requireNonNull(terms, "terms");
    }

    /** A claim that does not wait. */
    public ClaimTicket(
        String requestId,
        UUID operationId,
        TicketQuery query,
        TicketOrder order,
        LockTerms terms,
        boolean returns) {
      this(requestId, operationId, query, order, terms, returns, null);
    }

    /** A claim that does not go back to the pool, and is identified when it is sent. */
    public ClaimTicket(TicketQuery query, TicketOrder order, LockTerms terms) {
      this(null, null, query, order, terms, false);
    }

    /** The same claim, which goes back to the pool. */
    public ClaimTicket returning() {
      return new ClaimTicket(requestId, operationId, query, order, terms, true, waiting);
    }

    @Override
    public ClaimTicket queued(LockWait waiting) {
      return new ClaimTicket(requestId, operationId, query, order, terms, returns, waiting);
    }

    @Override
    public ClaimTicket identified(String requestId, UUID operationId) {
      return new ClaimTicket(requestId, operationId, query, order, terms, returns, waiting);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.onClaimTicket(this);
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
    /** An update that is identified when it is sent. */
    public UpdateTicket(TicketRef ticket, TicketPatch changes, Long token) {
      this(null, null, ticket, changes, token, null, false);
    }

    public UpdateTicket onlyAt(Long revision) {
      return new UpdateTicket(requestId, operationId, ticket, changes, token, revision, unlock);
    }

    public UpdateTicket unlocking(boolean unlock) {
      return new UpdateTicket(requestId, operationId, ticket, changes, token, ifRevision, unlock);
    }

    @Override
    public UpdateTicket identified(String requestId, UUID operationId) {
      return new UpdateTicket(requestId, operationId, ticket, changes, token, ifRevision, unlock);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.onUpdateTicket(this);
    }
  }

  record CommentTicket(String requestId, UUID operationId, TicketRef ticket, String text)
      implements TicketChange {
    /** A comment that is identified when it is sent. */
    public CommentTicket(TicketRef ticket, String text) {
      this(null, null, ticket, text);
    }

    @Override
    public CommentTicket identified(String requestId, UUID operationId) {
      return new CommentTicket(requestId, operationId, ticket, text);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.onCommentTicket(this);
    }
  }

  /**
   * Reports a trouble: there is one open ticket for it, which is created, counted up or reopened.
   *
   * @param key of the trouble
   * @param content of the ticket, if it is created
   * @param text comment on this report, or null
   * @param reopenWithin reopens the last ticket of the key that was closed less than that ago; null
   *     to create another
   */
  record RaiseTicket(
      String requestId,
      UUID operationId,
      String key,
      TicketContent content,
      String text,
      Duration reopenWithin)
      implements Change {
    public RaiseTicket {
      Objects.requireNonNull(key, "key");
    }

    @Override
    public RaiseTicket identified(String requestId, UUID operationId) {
      return new RaiseTicket(requestId, operationId, key, content, text, reopenWithin);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.onRaiseTicket(this);
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
    /** A release that is identified when it is sent. */
    public UnlockTicket(TicketRef ticket, Long token) {
      this(null, null, ticket, token, null, null);
    }

    public UnlockTicket forcing(LockBreak force) {
      return new UnlockTicket(requestId, operationId, ticket, token, force, giveBack);
    }

    public UnlockTicket givingBack(GiveBack giveBack) {
      return new UnlockTicket(requestId, operationId, ticket, token, force, giveBack);
    }

    @Override
    public UnlockTicket identified(String requestId, UUID operationId) {
      return new UnlockTicket(requestId, operationId, ticket, token, force, giveBack);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.onUnlockTicket(this);
    }
  }

  /**
   * A whole ticket of another system (admin).
   *
   * @param ticket its revisions and lock are not taken over
   */
  record ImportTicket(String requestId, UUID operationId, Ticket ticket, List<Comment> comments)
      implements Change {
    public ImportTicket {
      comments = List.copyOf(comments);
    }

    @Override
    public Role requiredRole() {
      return Role.ADMIN;
    }

    @Override
    public ImportTicket identified(String requestId, UUID operationId) {
      return new ImportTicket(requestId, operationId, ticket, comments);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.onImportTicket(this);
    }
  }

  /**
   * A comment of an imported ticket that did not fit into its ImportTicket (admin). It moves
   * neither the time nor the author of the ticket's last change.
   *
   * @param comment its id is not taken over
   * @param place number of comments before it; refused when the ticket has more or fewer
   */
  record ImportComment(
      String requestId, UUID operationId, TicketRef ticket, Comment comment, long place)
      implements TicketChange {
    public ImportComment {
      Objects.requireNonNull(comment, "comment");
    }

    @Override
    public Role requiredRole() {
      return Role.ADMIN;
    }

    @Override
    public ImportComment identified(String requestId, UUID operationId) {
      return new ImportComment(requestId, operationId, ticket, comment, place);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.onImportComment(this);
    }
  }

  /**
   * Removes a value or the text of a comment for good, from the ticket and its history (admin). No
   * lock is in its way.
   *
   * @param reason for the history, or null
   */
  record RedactTicket(
      String requestId, UUID operationId, TicketRef ticket, Redaction what, String reason)
      implements TicketChange {
    public RedactTicket {
      Objects.requireNonNull(what, "what");
    }

    /** A redaction that is identified when it is sent. */
    public RedactTicket(TicketRef ticket, Redaction what, String reason) {
      this(null, null, ticket, what, reason);
    }

    @Override
    public Role requiredRole() {
      return Role.ADMIN;
    }

    @Override
    public RedactTicket identified(String requestId, UUID operationId) {
      return new RedactTicket(requestId, operationId, ticket, what, reason);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.onRedactTicket(this);
    }
  }

  record Ping(String requestId) implements Read {
    @Override
    public <R> R accept(ReadVisitor<R> visitor) {
      return visitor.onPing(this);
    }
  }

  /** One method for each family of requests. */
  interface Visitor<R> {
    R onRead(Read message);

    R onChange(Change message);

    R onAdmin(AdminMessage message);
  }

  /** One method for each request that changes no ticket. */
  interface ReadVisitor<R> {
    R onGetTickets(GetTickets message);

    R onGetTicket(GetTicket message);

    R onCancelWait(CancelWait message);

    R onPing(Ping message);
  }

  /** One method for each change. */
  interface ChangeVisitor<R> {
    R onCreateTicket(CreateTicket message);

    R onLockTicket(LockTicket message);

    R onClaimTicket(ClaimTicket message);

    R onUpdateTicket(UpdateTicket message);

    R onCommentTicket(CommentTicket message);

    R onRaiseTicket(RaiseTicket message);

    R onUnlockTicket(UnlockTicket message);

    R onImportTicket(ImportTicket message);

    R onImportComment(ImportComment message);

    R onRedactTicket(RedactTicket message);
  }
}
