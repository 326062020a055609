package org.lesbillets.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

/**
 * A ticket as it was after one event.
 *
 * @param number the short name people type, given by the journal, 1 or more, never reused; 0 in a
 *     ticket the journal has not taken yet
 * @param updated of the last event that created, updated or commented; locks do not move it
 * @param revision of its last event; 0 in an event the journal has not taken yet
 * @param changedRevision of its last TicketCreated or TicketUpdated
 * @param attempts how many claims of it failed or expired since the count was last set, 0 to 10^6
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
    long attempts,
    TicketLock lock) {
  /** The bound of {@code attempts}: the count stays there. */
  public static final long MAX_ATTEMPTS = 1_000_000;

  public Ticket {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(updated, "updated");
  }

  /** A ticket without failed attempts. */
  public Ticket(
      TicketId id,
      long number,
      TicketContent content,
      Stamp created,
      Stamp updated,
      long revision,
      long changedRevision,
      long commentCount,
      TicketLock lock) {
    this(id, number, content, created, updated, revision, changedRevision, commentCount, 0, lock);
  }

  public boolean isLocked() {
    return lock != null;
  }

  public boolean isOpen() {
    return content.status() == TicketStatus.OPEN;
  }

  public Ticket withLock(TicketLock lock) {
    return new Ticket(
        id,
        number,
        content,
        created,
        updated,
        revision,
        changedRevision,
        commentCount,
        attempts,
        lock);
  }

  public Ticket withContent(TicketContent content) {
    return new Ticket(
        id,
        number,
        content,
        created,
        updated,
        revision,
        changedRevision,
        commentCount,
        attempts,
        lock);
  }

  public Ticket withNumber(long number) {
    return new Ticket(
        id,
        number,
        content,
        created,
        updated,
        revision,
        changedRevision,
        commentCount,
        attempts,
        lock);
  }

  public Ticket withUpdated(Stamp updated) {
    return new Ticket(
        id,
        number,
        content,
        created,
        updated,
        revision,
        changedRevision,
        commentCount,
        attempts,
        lock);
  }

  public Ticket withRevision(long revision, long changedRevision) {
    return new Ticket(
        id,
        number,
        content,
        created,
        updated,
        revision,
        changedRevision,
        commentCount,
        attempts,
        lock);
  }

  public Ticket withCommentCount(long commentCount) {
    return new Ticket(
        id,
        number,
        content,
        created,
        updated,
        revision,
        changedRevision,
        commentCount,
        attempts,
        lock);
  }

  public Ticket withAttempts(long attempts) {
    return new Ticket(
        id,
        number,
        content,
        created,
        updated,
        revision,
        changedRevision,
        commentCount,
        attempts,
        lock);
  }

  /** This ticket with one more failed attempt. */
  public Ticket withFailedAttempt() {
    return withAttempts(Math.min(MAX_ATTEMPTS, attempts + 1));
  }

  /** This ticket with the values of {@code patch} in place of its own. */
  public Ticket patched(TicketPatch patch) {
    Ticket patched = withContent(content.patched(patch));
    return patch.attempts() == null ? patched : patched.withAttempts(patch.attempts());
  }

  /** What an update could have changed between {@code before} and this, by {@link TicketField}. */
  public List<FieldChange> changesSince(Ticket before) {
    List<FieldChange> changes = new ArrayList<>(content.changesSince(before.content));
    if (before.attempts != attempts) {
      changes.add(new FieldChange.Recounted(TicketField.ATTEMPTS, before.attempts, attempts));
    }
    return List.copyOf(changes);
  }
}
