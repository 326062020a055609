package org.lesbillets.server.update;

import java.util.concurrent.RejectedExecutionException;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.session.FilteredWatch;
import org.lesbillets.server.update.RecentEvents.Recent;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Slice;
import org.lesbillets.server.world.TimeSource;

/**
 * A filtered watch that follows the chain of events at its own pace: the updater offers events, and
 * a worker matches them in slices that belong to the watch's session. One that is more than {@value
 * RecentEvents#CAPACITY} events behind leaves the chain, and catches up from the journal. A costly
 * query so delays its own watch alone.
 *
 * <pre>
 *   IDLE --- offer ---> SCHEDULED --- worker ---> MATCHING --- end of the chain ---> IDLE
 *                           ^                        |  |
 *                           +---- slice is over -----+  +--- too far behind ---> LEFT
 * </pre>
 */
final class WatchFollower {
  private final FilteredWatch watch;
  private final FairLane lane;
  private final TimeSource time;

  /** The last event that was matched; null once it has left. Guarded by this, as what follows. */
  private Recent at;

  /** The work since it was idle. */
  private FairLane.Job job = new FairLane.Job();

  private long sentRevision;
  private boolean scheduled;
  private boolean matching;
  private boolean behind;
  private boolean positionDue;

  /**
   * @param at the last event that the watch has caught up with
   */
  WatchFollower(FilteredWatch watch, Recent at, FairLane lane, TimeSource time) {
    this.watch = watch;
    this.at = at;
    this.sentRevision = at.revision();
    this.lane = lane;
    this.time = time;
  }

  /** Whether it needs no more events. The updater's thread. */
  synchronized boolean isOver() {
    return at == null || watch.isEnded();
  }

  /** Begins to follow. The updater's thread. */
  synchronized void begin(Recent newest) {
    watch.goLive(at.index(), newest.index());
    schedule();
  }

  /** There is a further event. The updater's thread. */
  synchronized void offer(Recent newest) {
    if (at == null) {
      return;
    }
    watch.offer(newest.index());
    behind = newest.index() - at.index() > RecentEvents.CAPACITY;
    if (behind && !matching) {
      leave();
    } else {
      schedule();
    }
  }

  /** Sends the revision up to which everything was sent. The updater's thread. */
  synchronized void position() {
    positionDue = true;
    if (at != null && !matching) {
      sendPosition();
    }
  }

  private void sendPosition() {
    positionDue = false;
    if (sentRevision < at.revision()) {
      sentRevision = at.revision();
      watch.push(MessageCodec.encodeUtf8(new ServerMessage.Position(sentRevision)));
    }
  }

  private void leave() {
    long revision = at.revision();
    at = null;
    watch.catchUp(revision);
  }

  private void schedule() {
    if (!scheduled && at.next() != null) {
      try {
        lane.execute(watch.session(), job, this::work);
        scheduled = true;
      } catch (RejectedExecutionException e) {
        // The session has too much queued, or the server stops: the next event tries again.
        scheduled = false;
      }
    }
  }

  /** A worker's thread. */
  private void work() {
    Slice slice = Slice.of(time::nanos, lane.preempts(job()));
    for (Recent next = take(); next != null; next = slice.isOver() ? pause() : take()) {
      Match match = watch.match(next.happened().before(), next.happened().after(), time.now());
      if (match != null) {
        watch.push(next.matched(match));
      }
      matched(next, match != null);
    }
  }

  private synchronized FairLane.Job job() {
    return job;
  }

  /** The next event to match, or null. */
  private synchronized Recent take() {
    Recent next = at == null || watch.isEnded() ? null : at.next();
    matching = next != null;
    scheduled = matching;
    job = matching ? job : new FairLane.Job();
    return next;
  }

  /** Queues the rest behind the work of other sessions. */
  private synchronized Recent pause() {
    scheduled = false;
    if (at != null) {
      schedule();
    }
    return null;
  }

  private synchronized void matched(Recent event, boolean sent) {
    matching = false;
    at = event;
    sentRevision = sent ? event.revision() : sentRevision;
    watch.matched(event.index());
    if (behind) {
      leave();
    } else if (positionDue) {
      sendPosition();
    }
  }
}
