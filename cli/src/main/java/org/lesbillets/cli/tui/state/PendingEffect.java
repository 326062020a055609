package org.lesbillets.cli.tui.state;

import java.util.concurrent.TimeUnit;
import org.lesbillets.model.TicketId;

/**
 * An effect that was not answered yet. Immutable.
 *
 * @param ticket which one it is about, or null
 * @param words what is done, for people: {@code locking #17}; null where nobody need wait for it
 * @param done what to say when it is done; null where the event says it
 */
public record PendingEffect(
    long id, PendingKind kind, TicketId ticket, String words, String done, long sinceNanos) {

  /** An effect that takes longer than this is shown to be under way; at most a frame later. */
  private static final long SHOWN_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

  /** Nanoseconds until it is shown; 0 or less when it is, Long.MAX_VALUE if it never is. */
  long untilShown(Now now) {
    return words == null ? Long.MAX_VALUE : sinceNanos + SHOWN_AFTER_NANOS - now.nanos();
  }

  /** Whether it may lock a ticket: its event can arrive before its answer. */
  boolean mayLock(TicketId locked) {
    return switch (kind) {
      case CLAIM -> true;
      case CHANGE, HOLD, TAKE_OVER -> locked.equals(ticket);
      case COMMENT, CREATE, SAVE, FETCH, EDITOR, VERB, TURN -> false;
    };
  }

  /** Whether the form of a ticket waits for this, to have its lock. */
  public boolean isForLockOf(TicketId locked) {
    return (kind == PendingKind.HOLD || kind == PendingKind.TAKE_OVER) && locked.equals(ticket);
  }

  /** It takes longer than a moment: when it is done, that is worth more than a word. */
  public PendingEffect waiting() {
    return new PendingEffect(id, kind, ticket, words, null, sinceNanos);
  }
}
