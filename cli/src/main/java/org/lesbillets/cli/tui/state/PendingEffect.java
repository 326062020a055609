package org.lesbillets.cli.tui.state;

import java.util.concurrent.TimeUnit;
import org.lesbillets.model.TicketId;

/**
 * An effect without an answer. Immutable.
 *
 * @param ticket its ticket, or null
 * @param words what it does, for people: {@code locking #17}; null where that is not shown
 * @param done the message for its success; null where the event has it
 */
public record PendingEffect(
    long id, PendingKind kind, TicketId ticket, String words, String done, long sinceNanos) {

  /** The time after which an effect is shown to be pending; one frame of delay is added. */
  private static final long SHOWN_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

  /** Nanoseconds until it is shown; <= 0 when overdue, Long.MAX_VALUE for never. */
  long untilShown(Now now) {
    return words == null ? Long.MAX_VALUE : sinceNanos + SHOWN_AFTER_NANOS - now.nanos();
  }

  /** Whether it may lock a ticket: the event of the lock can arrive before the answer. */
  boolean mayLock(TicketId locked) {
    return switch (kind) {
      case CLAIM -> true;
      case CHANGE, HOLD, TAKE_OVER -> locked.equals(ticket);
      case COMMENT, CREATE, SAVE, FETCH, EDITOR, VERB, LOCK_WAIT -> false;
    };
  }

  /** Whether it requests the lock for the form of a ticket. */
  public boolean isForLockOf(TicketId locked) {
    return (kind == PendingKind.HOLD || kind == PendingKind.TAKE_OVER) && locked.equals(ticket);
  }

  /** A lock wait that was not granted at once: its grant is reported as an alarm. */
  public PendingEffect waiting() {
    return new PendingEffect(id, kind, ticket, words, null, sinceNanos);
  }
}
