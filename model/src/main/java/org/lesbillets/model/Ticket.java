package org.lesbillets.model;

import java.time.Instant;
import java.util.Objects;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

/**
 * An immutable snapshot of a ticket after one event: its position, its content, its lock. Any
 * thread.
 *
 * @param number the short name people type, given by the journal, 1 or more, never reused; 0 in a
 *     ticket the journal has not taken yet
 * @param updated of the last event that created, updated or commented; locks do not move it
 * @param revision of its last event; 0 in an event the journal has not taken yet
 * @param changedRevision of its last TicketCreated or TicketUpdated
 * @param lock who holds it, or null
 */
public record Ticket(
    TicketId id,
    long number,
    TicketContent content,
    Stamp created,
    Stamp updated,
    long revision,
    long changedRevision,
    long commentCount,
    TicketLock lock) {

  public Ticket {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(created, "created");
    updated = updated.equals(created) ? created : updated;
  }

  public boolean isLocked() {
    return lock != null;
  }

  public boolean isOpen() {
    return content.status() == TicketStatus.OPEN;
  }

  /** Whether it sleeps: no claim gets it until an event wakes it. */
  public boolean isAsleep() {
    return content.wakeAt() != null;
  }

  /** Whether a claim may get it, if its query matches: open, unlocked, unassigned, awake. */
  public boolean isClaimable() {
    return isOpen() && !isLocked() && content.assignee() == null && !isAsleep();
  }

  /** Whether it is the one ticket that its key refers to. */
  public boolean ownsKey() {
    return isOpen() && content.key() != null;
  }

  public Ticket withLock(TicketLock lock) {
    return new Ticket(
        id, number, content, created, updated, revision, changedRevision, commentCount, lock);
  }

  public Ticket withContent(TicketContent content) {
    return new Ticket(
        id, number, content, created, updated, revision, changedRevision, commentCount, lock);
  }

  public Ticket withNumber(long number) {
    return new Ticket(
        id, number, content, created, updated, revision, changedRevision, commentCount, lock);
  }

  public Ticket withUpdated(Stamp updated) {
    return new Ticket(
        id, number, content, created, updated, revision, changedRevision, commentCount, lock);
  }

  public Ticket withRevision(long revision, long changedRevision) {
    return new Ticket(
        id, number, content, created, updated, revision, changedRevision, commentCount, lock);
  }

  public Ticket withCommentCount(long commentCount) {
    return new Ticket(
        id, number, content, created, updated, revision, changedRevision, commentCount, lock);
  }

  /** Whether another has equal content and stamps, regardless of numbers, revisions and locks. */
  public boolean saysSameAs(Ticket other) {
    return content.equals(other.content)
        && created.equals(other.created)
        && updated.equals(other.updated);
  }

  /** How many claims of it failed or expired since the count was last set. */
  public long attempts() {
    return content.attempts();
  }

  public Ticket withAttempts(long attempts) {
    return withContent(content.with(TicketField.ATTEMPTS, attempts));
  }

  /** This ticket with one more failed attempt; the count stays at its bound. */
  public Ticket withFailedAttempt() {
    return withAttempts(Math.min(TicketField.ATTEMPTS.type().limit(), attempts() + 1));
  }

  /**
   * This ticket as it is kept: only an open ticket sleeps, and only until a time to come.
   *
   * @param now on the wall clock
   */
  public Ticket sleepingOnlyIfFuture(Instant now) {
    return !isAsleep() || isOpen() && content.wakeAt().isAfter(now) ? this : withWakeAt(null);
  }

  /** This ticket asleep until then; null wakes it. */
  public Ticket withWakeAt(Instant wakeAt) {
    return withContent(content.with(TicketField.WAKE_AT, wakeAt));
  }

  /** This ticket raised once more; the count stays at its bound. */
  public Ticket raisedAgain() {
    long raised = Math.min(TicketField.RAISED.type().limit(), content.get(TicketField.RAISED) + 1);
    return withContent(content.with(TicketField.RAISED, raised));
  }

  /** This ticket with the values of {@code patch} in place of its own. */
  public Ticket patched(TicketPatch patch) {
    return withContent(content.patched(patch));
  }
}
