package org.lesbillets.cli.client.watch;

import org.lesbillets.cli.client.watch.EventChain.Applied;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Position;
import org.lesbillets.model.message.ServerMessage.Resumed;
import org.lesbillets.model.message.ServerMessage.TicketMatch;
import org.lesbillets.model.message.ServerMessage.Welcome;
import org.lesbillets.model.query.TicketQuery;

/** The position of a watch, across all its connections. Owned by the watching thread. */
final class WatchProgress {
  private final TicketQuery query;
  private final WatchStart start;
  private final EventChain chain;

  /** Where to begin, fixed at the first Welcome; null until then, and for a snapshot. */
  private ResumePoint begin;

  /** Whether a snapshot has begun and not ended: then only another one helps. */
  private boolean begun;

  /** Whether a part of it arrived for the present request. */
  private boolean loading;

  /** Whether events may have been missed before that snapshot. */
  private boolean reset;

  /**
   * @param query null for all tickets
   */
  WatchProgress(TicketQuery query, WatchStart start) {
    this.query = query;
    this.start = start;
    this.chain = new EventChain(query != null);
  }

  /** Where to resume; null for a snapshot. */
  ResumePoint since(Welcome welcome) {
    if (begun || chain.point() != null) {
      return chain.point();
    }
    if (begin == null) {
      begin = start.since(welcome);
    }
    return begin;
  }

  /** The position of the last event; null before the watch was live. */
  ResumePoint point() {
    return chain.point();
  }

  /** The request for everything after {@code since}. */
  GetTickets request(String requestId, ResumePoint since) {
    loading = false;
    return GetTickets.watching(requestId, query, since);
  }

  /** The server resumes from this position, or from the one that the watch was to begin at. */
  void resumed(Resumed resumed) {
    ResumePoint point = new ResumePoint(resumed.journalId(), resumed.revision());
    if (!point.isBehindEventOf(chain.point())) {
      chain.startNear(point.isBehindEventOf(begin) ? begin : point);
    }
  }

  /** Takes a part of a snapshot: the first one makes the position void, the last one sets it. */
  SnapshotPart part(AllTickets all) {
    boolean first = !loading;
    if (first) {
      reset |= all.reset() || chain.point() != null;
      chain.forget();
    }
    begun = all.more();
    loading = all.more();
    ResumePoint at = new ResumePoint(all.journalId(), all.revision());
    SnapshotPart part = new SnapshotPart(all.tickets(), at, all.total(), reset, first, !all.more());
    if (part.last()) {
      chain.startAt(at);
      reset = false;
    }
    return part;
  }

  Applied step(SequencedEvent event) {
    return chain.step(event);
  }

  void position(Position position) {
    chain.moveTo(position);
  }

  /** Whether the watch has begun, so that this is for it. */
  boolean told(TicketMatch match) {
    return chain.told(match);
  }
}
