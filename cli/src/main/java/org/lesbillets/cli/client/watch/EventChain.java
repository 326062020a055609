package org.lesbillets.cli.client.watch;

import org.lesbillets.cli.client.watch.TicketView.Applied;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.event.SequencedEvent;

/** A position in a journal that moves from event to event and notices what is missing. */
final class EventChain {
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

  /** Stands at the position of a snapshot, or at one that was reached before. */
  void startAt(ResumePoint point) {
    journalId = point.journalId();
    last = point.revision();
    onEvent = true;
  }

  /** Stands at a position somebody named, which may lie between two events. */
  void startNear(ResumePoint point) {
    startAt(point);
    onEvent = false;
  }

  /** Stands nowhere any more. */
  void forget() {
    journalId = null;
  }

  /** Where it stands; null before it was started. */
  ResumePoint point() {
    return journalId == null ? null : new ResumePoint(journalId, last);
  }

  /** Moves to an event, if it is the next one. */
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

  /** Moves on without an event, as a filtered watch is told to; never back. */
  void moveTo(long revision) {
    if (filtered && journalId != null) {
      last = Math.max(last, revision);
    }
  }
}
