package org.lesbillets.server.update;

import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.desk.request.Announcement;
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
 * <p>What time alone changes in its matches is sent in between, when it is due.
 *
 * <pre>
 *   IDLE --- offer, due ---> SCHEDULED --- worker ---> MATCHING --- end of the chain ---> IDLE
 *                           ^                        |  |
 *                           +---- slice is over -----+  +--- too far behind ---> LEFT
 * </pre>
 */
final class WatchFollower {
  /** Sent in a row because it is due, before the watch catches up in chunks. */
  private static final int MAX_BURST = 256;

  private final FilteredWatch watch;
  private final FairLane lane;
  private final TimeSource time;
  private final LongConsumer alarm;

  /** The last event that was matched; null once it has left. Guarded by this, as what follows. */
  private Recent at;

  /** The work since it was idle. */
  private FairLane.Job job = new FairLane.Job();

  private long sentRevision;
  private boolean scheduled;
  private boolean matching;
  private boolean behind;
  private boolean positionDue;

  /** How much was sent in a row because it was due; the worker's. */
  private int burst;

  /**
   * @param at the last event that the watch has caught up with
   */
  WatchFollower(FilteredWatch watch, Recent at, Surroundings with) {
    this.watch = watch;
    this.at = at;
    this.sentRevision = at.revision();
    this.lane = with.lane;
    this.time = with.time;
    this.alarm = with.alarm;
  }

  /**
   * What all followers share.
   *
   * @param alarm takes when the next of what time changes is due, in milliseconds of the epoch; any
   *     thread
   */
  record Surroundings(FairLane lane, TimeSource time, LongConsumer alarm) {}

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

  /** When time alone may change its matches, in milliseconds of the epoch. Any thread. */
  long dueMillis() {
    return watch.dueMillis();
  }

  /** Whether time alone may change its matches. Any thread. */
  boolean isTimed() {
    return watch.isTimed();
  }

  /** Something is due. The updater's thread. */
  synchronized void due() {
    if (at != null) {
      schedule(true);
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
      watch.push(MessageCodec.encodeUtf8(watch.position(sentRevision)));
    }
  }

  private void leave() {
    long revision = at.revision();
    at = null;
    watch.catchUp(revision);
  }

  private void schedule() {
    schedule(false);
  }

  private void schedule(boolean due) {
    if (!scheduled && (due || at.next() != null)) {
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
    boolean goesOn = step();
    while (goesOn && !slice.isOver()) {
      goesOn = step();
    }
    if (goesOn) {
      pause();
    }
  }

  /** Sends something that is due, or matches the next event; false if there is nothing to do. */
  private boolean step() {
    Instant now = time.now();
    Recent from = take(now);
    if (from == null) {
      burst = 0;
      alarm.accept(watch.dueMillis());
      return false;
    }
    if (watch.isDue(now)) {
      burst++;
      return burst > MAX_BURST ? handOver() : told(watch.tellDue(from.revision(), now));
    }
    burst = 0;
    watch.advance(now);
    Recent next = from.next();
    if (next.isForgotten()) {
      return handOver();
    }
    Announcement.Happened happened = next.happened();
    watch.prepare(from.revision(), happened.after());
    Match match =
        happened.event().event() instanceof WireEvent.TicketRedacted
            ? watch.matchRedacted(happened.after(), now)
            : watch.match(happened.before(), happened.after(), now);
    if (match != null) {
      watch.push(next.matched(match));
    }
    matched(next, match != null);
    return true;
  }

  private synchronized FairLane.Job job() {
    return job;
  }

  /** The last event before the next thing to do, or null. */
  private synchronized Recent take(Instant now) {
    boolean goesOn = at != null && !watch.isEnded();
    matching = goesOn && (at.next() != null || watch.isDue(now));
    scheduled = matching;
    if (goesOn && !matching) {
      watch.advance(now);
    }
    job = matching ? job : new FairLane.Job();
    return matching ? at : null;
  }

  /** Queues the rest behind the work of other sessions. */
  private synchronized void pause() {
    scheduled = false;
    if (at != null) {
      schedule(true);
    }
  }

  /**
   * So much is due that it has to leave in chunks, as the client reads them; or what follows was
   * redacted since, and the journal has it as it may be sent.
   */
  private synchronized boolean handOver() {
    matching = false;
    leave();
    return false;
  }

  private synchronized boolean told(boolean done) {
    matching = false;
    if (!done) {
      long revision = at.revision();
      at = null;
      scheduled = false;
      watch.scan(revision);
    } else if (behind) {
      leave();
    } else if (positionDue) {
      sendPosition();
    }
    return done;
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
