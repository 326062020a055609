package org.lesbillets.cli.client.watch;

import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.event.SequencedEvent;

/**
 * A position in a journal that advances from event to event and detects gaps: each event names the
 * revision before it. Not thread-safe.
 */
final class EventChain {

  /** The outcome of an event. */
  enum Applied {
    APPLIED,
    /** It was applied before; nothing changed. */
    DUPLICATE,
    /** One before it is missing; nothing changed, and the missing ones have to be asked for. */
    GAP
  }

  private final boolean filtered;
  private String journalId;
  private long last;

  /** Whether {@code last} is an event's revision, so that the next event must name it. */
  private boolean onEvent;

  /**
   * @param filtered whether events may be left out on purpose
   */
  EventChain(boolean filtered) {
    this.filtered = filtered;
  }

  /** Starts at the position of a snapshot, or at one that was reached before. */
  void startAt(ResumePoint point) {
    journalId = point.journalId();
    last = point.revision();
    onEvent = true;
  }

  /** Starts at a position that was typed, and may lie between two events. */
  void startNear(ResumePoint point) {
    startAt(point);
    onEvent = false;
  }

  /** Drops the position. */
  void forget() {
    journalId = null;
  }

  /** The position; null before it was started. */
  ResumePoint point() {
    return journalId == null ? null : new ResumePoint(journalId, last);
  }

  /** Advances to an event, if it is the next one. */
  Applied step(SequencedEvent event) {
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
  void moveTo(long revision) {
    if (filtered && journalId != null) {
      last = Math.max(last, revision);
    }
  }
}
