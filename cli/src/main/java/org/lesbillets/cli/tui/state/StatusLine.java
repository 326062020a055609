package org.lesbillets.cli.tui.state;

import java.util.Objects;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.tui.state.list.LiveTickets;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;

/**
 * What the view has to say, in one line at the bottom.
 *
 * @param sinceNanos when it was said
 * @param about the lock it speaks of, with which it becomes untrue; null when it speaks of none
 */
public record StatusLine(Kind kind, String text, long sinceNanos, LockSeen about) {

  /** What kind of thing is said. */
  public enum Kind {
    NOTHING,
    /** What others did. */
    HAPPENED,
    DONE,
    WAITING,
    /** A refusal, a mistake. */
    REFUSED,
    /** What one must not miss. */
    ALARM
  }

  public static final StatusLine NOTHING = new StatusLine(Kind.NOTHING, "", 0, null);

  public StatusLine {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
  }

  /** Whether what others did may take its place. */
  public boolean isIdle() {
    return kind == Kind.NOTHING || kind == Kind.HAPPENED;
  }

  /** Whether news that are no answer do not take its place. */
  public boolean isWeighty() {
    return kind == Kind.ALARM || kind == Kind.REFUSED;
  }

  /** Whether it was shown long enough; an alarm stays until a key is pressed. */
  public boolean isOver(Now now) {
    long seconds = now.since(sinceNanos).toSeconds();
    return switch (kind) {
      case NOTHING, ALARM -> false;
      case HAPPENED, WAITING -> seconds >= 20;
      case DONE -> seconds >= 10;
      case REFUSED -> seconds >= 15;
    };
  }

  /** What is left of it after an event: what it says of a lock does not outlast that lock. */
  public StatusLine after(WireEvent event, Ticket now) {
    if (about == null || !about.isOver(now)) {
      return this;
    }
    boolean expired =
        event instanceof WireEvent.TicketUnlocked unlocked
            && unlocked.reason() == UnlockReason.EXPIRED;
    // An alarm that was not seen yet stays, as something that is over.
    return kind == Kind.ALARM && expired
        ? new StatusLine(
            kind, "It was your turn, but " + EventSentence.what(event) + ".", sinceNanos, null)
        : NOTHING;
  }

  /** What is left of it after a new snapshot. */
  public StatusLine after(LiveTickets snapshot) {
    return about == null
            || snapshot.find(about.ticket()).filter(now -> !about.isOver(now)).isPresent()
        ? this
        : NOTHING;
  }
}
