package org.lesbillets.cli.tui.state;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.TicketId;

/**
 * Something that was asked for and has not come yet.
 *
 * @param ticket which one it is about, or null
 * @param words what is done, for people: {@code locking #17}; null where nobody need wait for it
 * @param done what is to be said when it is done; null where the event says it
 */
public record PendingEffect(
    long id, PendingKind deed, TicketId ticket, String words, String done, long sinceNanos) {
  /** What takes longer than this is said to be under way; a frame later at most one sees that. */
  private static final long TOLD_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

  /** In how many nanoseconds it is to be told; 0 or less if it is, the most there is if never. */
  long untilTold(Now now) {
    return words == null ? Long.MAX_VALUE : sinceNanos + TOLD_AFTER_NANOS - now.nanos();
  }

  /** What is to be said of all of these: the first that is to be told; null when none is. */
  public static String words(Collection<PendingEffect> all, Now now) {
    return all.stream()
        .filter(one -> one.untilTold(now) <= 0)
        .findFirst()
        .map(one -> one.words + " …")
        .orElse(null);
  }

  /** In how many nanoseconds another of these is to be told; the most there is if none is. */
  public static long untilMoreIsTold(Collection<PendingEffect> all, Now now) {
    return all.stream()
        .mapToLong(one -> one.untilTold(now))
        .filter(left -> left > 0)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Whether a lock that a ticket has got may come of this: news can be faster than answers. */
  boolean mayLock(TicketId locked) {
    return switch (deed) {
      case CLAIM -> true;
      case CHANGE, HOLD, TAKE_OVER -> locked.equals(ticket);
      case COMMENT, CREATE, SAVE, FETCH, EDITOR, VERB, TURN -> false;
    };
  }

  /** Whether a form of a ticket waits for this, to have its lock. */
  public boolean isForLockOf(TicketId locked) {
    return (deed == PendingKind.HOLD || deed == PendingKind.TAKE_OVER) && locked.equals(ticket);
  }

  /** It takes longer than a moment: when it is done, that is worth more than a word. */
  public PendingEffect waiting() {
    return new PendingEffect(id, deed, ticket, words, null, sinceNanos);
  }
}
