package org.lesbillets.cli.client.watch;

import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ServerMessage.Position;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/**
 * A position in a journal that advances from event to event and detects gaps: each event names the
 * revision before it. Not thread-safe.
 */
public final class EventChain {

  /** The outcome of an event. */
  public enum Applied {
    APPLIED,
    /** It was applied before; nothing changed. */
    DUPLICATE,
    /** One before it is missing; nothing changed, and the missing ones have to be asked for. */
    GAP
  }

  private final boolean filtered;
  private String journalId;
  private long last;

  /** How much is known of what time alone has changed; null where that is unknown. */
  private TimeMark told;

  /** Whether {@code last} is an event's revision, so that the next event must name it. */
  private boolean onEvent;

  /**
   * @param filtered whether events may be left out on purpose
   */
  public EventChain(boolean filtered) {
    this.filtered = filtered;
  }

  /** Starts at the position of a snapshot, or at one that was reached before. */
  public void startAt(ResumePoint point) {
    journalId = point.journalId();
    last = point.revision();
    told = point.mark();
    onEvent = true;
  }

  /** Starts at a position that was typed, and may lie between two events. */
  public void startNear(ResumePoint point) {
    startAt(point);
    onEvent = false;
  }

  /** Drops the position. */
  void forget() {
    journalId = null;
  }

  /** The position; null before it was started. */
  public ResumePoint point() {
    return journalId == null ? null : new ResumePoint(journalId, last, told);
  }

  /** Advances to an event, if it is the next one. */
  public Applied step(SequencedEvent event) {
    if (journalId == null) {
      return Applied.GAP;
    }
    if (event.revision() <= last) {
      return Applied.DUPLICATE;
    }
    if (!filtered && isGap(event.previousRevision())) {
      return Applied.GAP;
    }
    last = event.revision();
    onEvent = true;
    return Applied.APPLIED;
  }

  private boolean isGap(long previousRevision) {
    return onEvent ? previousRevision != last : previousRevision > last;
  }

  /** Advances without an event, by the Position of a filtered watch; never back. */
  void moveTo(Position position) {
    if (filtered && journalId != null) {
      last = Math.max(last, position.revision());
      told = position.at() == null ? told : TimeMark.after(position.at());
    }
  }

  /**
   * Notes a change by time alone; the server sends them in their order.
   *
   * @return whether there is a position to note it at
   */
  boolean told(TicketMatch match) {
    told = match.mark();
    last = Math.max(last, match.revision());
    return journalId != null;
  }
}
