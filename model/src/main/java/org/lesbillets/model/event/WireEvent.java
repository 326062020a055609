package org.lesbillets.model.event;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.field.FieldChange;

/**
 * An immutable fact about a ticket. Each event carries the whole state of its ticket after it, so
 * that a reader replaces its copy instead of merging. Before the journal has assigned a revision,
 * the event has revision 0, and {@link TicketLock#SELF} for the fencing token of a lock it grants;
 * {@link #sealed} fills both in.
 */
public sealed interface WireEvent {

  /** Time on the server's wall clock. */
  Instant at();

  /** The agent that caused it; null for an expired lease, and for the end of a sleep. */
  AgentName by();

  /** The ticket after the event. */
  Ticket ticket();

  /** The comment that it adds to the ticket, or null. */
  default Comment comment() {
    return null;
  }

  /** This event with another ticket. */
  WireEvent withTicket(Ticket ticket);

  <R> R accept(Visitor<R> visitor);

  /**
   * A ticket was created.
   *
   * @param imported whether it is from another system, with its own times and authors
   */
  record TicketCreated(Instant at, AgentName by, Ticket ticket, boolean imported)
      implements WireEvent {
    @Override
    public TicketCreated withTicket(Ticket ticket) {
      return new TicketCreated(at, by, ticket, imported);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.onCreated(this);
    }
  }

  /**
   * Fields changed.
   *
   * @param unlocked whether the change also released a lock
   * @param comment of the one who raised the ticket, or null
   */
  record TicketUpdated(
      Instant at,
      AgentName by,
      Ticket ticket,
      List<FieldChange> changes,
      boolean unlocked,
      Comment comment)
      implements WireEvent {
    public TicketUpdated {
      changes = List.copyOf(changes);
    }

    /** A change without a comment. */
    public TicketUpdated(
        Instant at, AgentName by, Ticket ticket, List<FieldChange> changes, boolean unlocked) {
      this(at, by, ticket, changes, unlocked, null);
    }

    @Override
    public TicketUpdated withTicket(Ticket ticket) {
      return new TicketUpdated(at, by, ticket, changes, unlocked, comment);
    }

    @Override
    public TicketUpdated withCommentId(long id) {
      return comment == null
          ? this
          : new TicketUpdated(at, by, ticket, changes, unlocked, comment.withId(id));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.onUpdated(this);
    }
  }

  /**
   * A lock was granted or renewed.
   *
   * @param renewed whether the lease was extended under the same token
   * @param claimed whether the ticket was assigned to the holder in the same step
   * @param stolenFrom holder of the lock that was broken for it, or null
   * @param reason of the break, or null
   * @param returned whether the broken lock was a returning claim, now back in the pool
   */
  record TicketLocked(
      Instant at,
      AgentName by,
      Ticket ticket,
      boolean renewed,
      boolean claimed,
      AgentName stolenFrom,
      String reason,
      boolean returned)
      implements WireEvent {

    /** A lock of a ticket that was free, or a renewal. */
    public TicketLocked(Instant at, AgentName by, Ticket ticket, boolean renewed, boolean claimed) {
      this(at, by, ticket, renewed, claimed, null, null, false);
    }

    @Override
    public TicketLocked withTicket(Ticket ticket) {
      return new TicketLocked(at, by, ticket, renewed, claimed, stolenFrom, reason, returned);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.onLocked(this);
    }
  }

  /**
   * A lock ended.
   *
   * @param note reason of the agent that forced it, or null
   * @param ended the lock that ended
   * @param returned whether it was a returning claim, now back in the pool
   */
  record TicketUnlocked(
      Instant at,
      AgentName by,
      Ticket ticket,
      UnlockReason reason,
      String note,
      TicketLock ended,
      boolean returned)
      implements WireEvent {
    public TicketUnlocked {
      Objects.requireNonNull(reason, "reason");
    }

    /** An end that returned no claim. */
    public TicketUnlocked(
        Instant at,
        AgentName by,
        Ticket ticket,
        UnlockReason reason,
        String note,
        TicketLock ended) {
      this(at, by, ticket, reason, note, ended, false);
    }

    /** This event with the ended lock in another form. */
    public TicketUnlocked withEnded(TicketLock ended) {
      return new TicketUnlocked(at, by, ticket, reason, note, ended, returned);
    }

    @Override
    public TicketUnlocked withTicket(Ticket ticket) {
      return new TicketUnlocked(at, by, ticket, reason, note, ended, returned);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.onUnlocked(this);
    }
  }

  /** A comment was added. */
  record TicketCommented(Instant at, AgentName by, Ticket ticket, Comment comment)
      implements WireEvent {
    @Override
    public TicketCommented withTicket(Ticket ticket) {
      return new TicketCommented(at, by, ticket, comment);
    }

    @Override
    public TicketCommented withCommentId(long id) {
      return new TicketCommented(at, by, ticket, comment.withId(id));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.onCommented(this);
    }
  }

  /**
   * A value or a comment was removed for good, here and in all earlier events: the mark of it.
   *
   * @param what was removed
   * @param reason of the administrator, or null
   */
  record TicketRedacted(Instant at, AgentName by, Ticket ticket, Redaction what, String reason)
      implements WireEvent {
    public TicketRedacted {
      Objects.requireNonNull(what, "what");
    }

    /** This event, of another removal. */
    public TicketRedacted withWhat(Redaction what) {
      return new TicketRedacted(at, by, ticket, what, reason);
    }

    @Override
    public TicketRedacted withTicket(Ticket ticket) {
      return new TicketRedacted(at, by, ticket, what, reason);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.onRedacted(this);
    }
  }

  /**
   * An event of a type that this version does not know; a client applies it as a replacement. No
   * server of this version publishes one.
   */
  record UnknownEvent(String type, Instant at, AgentName by, Ticket ticket) implements WireEvent {
    @Override
    public UnknownEvent withTicket(Ticket ticket) {
      return new UnknownEvent(type, at, by, ticket);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.onUnknown(this);
    }
  }

  /** One method for each kind of event. */
  interface Visitor<R> {
    R onCreated(TicketCreated event);

    R onUpdated(TicketUpdated event);

    R onLocked(TicketLocked event);

    R onUnlocked(TicketUnlocked event);

    R onCommented(TicketCommented event);

    R onRedacted(TicketRedacted event);

    R onUnknown(UnknownEvent event);
  }

  /** The name of this event's kind on the wire. */
  default String type() {
    return this instanceof UnknownEvent unknown ? unknown.type() : getClass().getSimpleName();
  }

  /** This event with the id of its comment, if it has one. */
  default WireEvent withCommentId(long id) {
    return this;
  }

  /** Whether it moves the ticket's changedRevision. */
  default boolean changesContent() {
    return this instanceof TicketCreated
        || this instanceof TicketUpdated
        || this instanceof TicketRedacted redacted && redacted.what().field() != null;
  }

  /** Whether it only renews a lease, as the holder of a long one does periodically. */
  default boolean isRenewal() {
    return this instanceof TicketLocked locked && locked.renewed();
  }

  /**
   * The event with its revision: as the ticket's revision, as its changedRevision if the content
   * changed, and as the fencing token of a lock that the event grants.
   *
   * @param revision assigned by the journal
   */
  default WireEvent sealed(long revision) {
    Ticket ticket = ticket();
    TicketLock lock = ticket.lock();
    Ticket taken =
        ticket.withRevision(revision, changesContent() ? revision : ticket.changedRevision());
    return withTicket(
        lock != null && lock.token() == TicketLock.SELF
            ? taken.withLock(lock.withToken(revision))
            : taken);
  }
}
