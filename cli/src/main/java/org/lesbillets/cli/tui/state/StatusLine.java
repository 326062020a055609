package org.lesbillets.cli.tui.state;

import java.util.Objects;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.tui.state.list.LiveTickets;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;

/**
 * A message on the status line. Immutable.
 *
 * @param sinceNanos when it was set
 * @param about the lock it is about, whose end clears it; null for none
 */
public record StatusLine(Kind kind, String text, long sinceNanos, LockSnapshot about) {

  /** The kinds, by priority. */
  public enum Kind {
    NOTHING,
    /** A change by others. */
    HAPPENED,
    DONE,
    WAITING,
    /** A rejection or a mistake. */
    REFUSED,
    /** What must not be missed. */
    ALARM
  }

  public static final StatusLine NOTHING = new StatusLine(Kind.NOTHING, "", 0, null);

  public StatusLine {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
  }

  /** Whether a change by others may replace it. */
  public boolean isIdle() {
    return kind == Kind.NOTHING || kind == Kind.HAPPENED;
  }

  /** Whether it stays when news arrive that are no answer. */
  public boolean isWeighty() {
    return kind == Kind.ALARM || kind == Kind.REFUSED;
  }

  /** Whether its time is over; an alarm stays until a key is pressed. */
  public boolean isOver(Now now) {
    long seconds = now.since(sinceNanos).toSeconds();
    return switch (kind) {
      case NOTHING, ALARM -> false;
      case HAPPENED, WAITING -> seconds >= 20;
      case DONE -> seconds >= 10;
      case REFUSED -> seconds >= 15;
    };
  }

  /** This message after an event: one about a lock is cleared with that lock. */
  public StatusLine after(WireEvent event, Ticket now) {
    if (about == null || !about.isOver(now)) {
      return this;
    }
    boolean expired =
        event instanceof WireEvent.TicketUnlocked unlocked
            && unlocked.reason() == UnlockReason.EXPIRED;
    // An alarm that was not read yet stays, in the past tense.
    return kind == Kind.ALARM && expired
        ? new StatusLine(
            kind, "It was your turn, but " + EventSentence.what(event) + ".", sinceNanos, null)
        : NOTHING;
  }

  /** This message after a new snapshot. */
  public StatusLine after(LiveTickets snapshot) {
    return about == null
            || snapshot.find(about.ticket()).filter(now -> !about.isOver(now)).isPresent()
        ? this
        : NOTHING;
  }
}
