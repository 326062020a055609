package org.lesbillets.server.update;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.lesbillets.model.query.BoundQuery;
import org.lesbillets.server.session.FilteredWatch;
import org.lesbillets.server.session.SessionServices;
import org.lesbillets.server.update.RecentEvents.Recent;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Slice;
import org.lesbillets.server.world.TimeSource;

/**
 * A place in the chain of events, and the watches that are there: the updater offers events, and a
 * worker matches them in slices. One that is too far behind for {@link RecentEvents} leaves the
 * chain, and its watches catch up from the journal. A costly query so delays those alone that ask
 * it.
 *
 * <p>A place is shared, or of one watch, whose session the work belongs to then: it is timed, or on
 * its way to a shared place that it was behind. What time alone changes in the matches of a timed
 * watch is sent in between, when it is due.
 *
 * <pre>
 *   IDLE --- offer, due ---> SCHEDULED --- worker ---> MATCHING --- end of the chain ---> IDLE
 *                            ^                        |  |  |
 *                            +---- slice is over -----+  |  +--- too far behind ---> LEFT
 *                                                        +--- at the shared place ---> LEFT
 *                                                        +--- that is left, or full ---> LEFT
 *                                                        +--- an exception: sessions end ---> LEFT
 * </pre>
 */
final class WatchFollower implements FilteredWatch.Place {
  /** Sent in a row because it is due, before the watch catches up in chunks. */
  private static final int MAX_BURST = 256;

  private static final long STAYS = -1;

  private final Surroundings with;

  /** Whom the work belongs to. */
  private final Object owner;

  /** The only watch; null at a shared place. */
  private final FilteredWatch only;

  /** The shared place that it is on its way to, or null. */
  private final WatchFollower destination;

  /** Guarded by this, as what follows; and read without by the worker, while it matches. */
  private final WatchMembers members = new WatchMembers();

  /** The last event that was matched; null once it has left. */
  private Recent at;

  /** The work since it was idle. */
  private FairLane.Job job = new FairLane.Job();

  private boolean scheduled;
  private boolean matching;
  private boolean behind;
  private boolean positionDue;

  /** Watches that hold answers back. */
  private final Set<FilteredWatch> waiting = new LinkedHashSet<>();

  private volatile long matched;

  /** How much was sent in a row because it was due; the worker's. */
  private int burst;

  /**
   * What all followers share.
   *
   * @param recent the chain of events
   * @param comparisons counts those of an event with a query
   * @param arrivals where a watch finds another place in the chain
   * @param alarm takes when the next of what time changes is due, in milliseconds of the epoch; any
   *     thread
   */
  record Surroundings(
      RecentEvents recent,
      FairLane lane,
      TimeSource time,
      LongAdder comparisons,
      SessionServices.FilteredWatches arrivals,
      LongConsumer alarm) {}

  /** A shared place, at the last event that the first of its watches has caught up with. */
  WatchFollower(Recent at, Surroundings with) {
    this(null, null, at, with);
  }

  private WatchFollower(
      FilteredWatch only, WatchFollower destination, Recent at, Surroundings with) {
    this.with = with;
    this.only = only;
    this.owner = only == null ? this : only.session();
    this.destination = destination;
    this.at = at;
    this.matched = at.index();
  }

  /**
   * The place of one watch.
   *
   * @param destination the shared place that the watch is behind, or null
   * @param at the last event that the watch has caught up with
   */
  static WatchFollower of(
      FilteredWatch only, WatchFollower destination, Recent at, Surroundings with) {
    WatchFollower follower = new WatchFollower(only, destination, at, with);
    follower.join(only, at);
    return follower;
  }

  /**
   * Takes a watch in, unless the place is ahead of it, full, or left. Any thread.
   *
   * @param caughtUpWith the last event that the watch has received
   * @return whether the watch is here now
   */
  boolean join(FilteredWatch watch, Recent caughtUpWith) {
    return watch.goLive(this, () -> admit(watch, caughtUpWith), caughtUpWith.index());
  }

  private synchronized boolean admit(FilteredWatch watch, Recent caughtUpWith) {
    if (at == null || members.isFull()) {
      return false;
    }
    // While it matches, the next event may be compared already, with those who are here.
    if (caughtUpWith.index() < (matching ? at.index() + 1 : at.index())) {
      return false;
    }
    members.add(watch, caughtUpWith);
    job.worksFor(members.size());
    return true;
  }

  /** Whether a further watch may find room. Any thread. */
  synchronized boolean hasRoom() {
    return at != null && !members.isFull();
  }

  /** Whether a watch with this query is here. Any thread. */
  synchronized boolean has(BoundQuery query) {
    return at != null && members.has(query);
  }

  /** Whether it needs no more events; watches that have ended are dropped. Any thread. */
  synchronized boolean isOver() {
    if (at != null && !matching && members.isOver()) {
      at = null;
    }
    return at == null;
  }

  @Override
  public long newest() {
    return with.recent.newest().index();
  }

  @Override
  public long matched() {
    return matched;
  }

  @Override
  public synchronized void notifyNext(FilteredWatch watch) {
    waiting.add(watch);
  }

  /** There are further events. The updater's thread. */
  void offer() {
    long left = offered();
    if (left != STAYS) {
      members.disperse(left);
    }
  }

  /** The last revision that was matched if it was too far behind, else {@link #STAYS}. */
  private synchronized long offered() {
    behind = at != null && with.recent.isTooFar(at);
    if (behind && !matching) {
      return leaveChain();
    }
    if (at != null) {
      schedule(false);
    }
    return STAYS;
  }

  /** When time alone may change its matches, in milliseconds of the epoch. Any thread. */
  long dueMillis() {
    return only.dueMillis();
  }

  /** Whether time alone may change its matches. Any thread. */
  boolean isTimed() {
    return only != null && only.isTimed();
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

  /** Drops the watches that have ended, too. */
  private void sendPosition() {
    positionDue = false;
    members.sweep();
    members.position(at.revision());
  }

  private void schedule(boolean due) {
    if (!scheduled && (due || at.next() != null)) {
      try {
        with.lane.execute(owner, job, this::work);
        scheduled = true;
      } catch (RejectedExecutionException e) {
        // The session has too much queued, or the server stops: the next event tries again.
        scheduled = false;
      }
    }
  }

  /** A worker's thread. */
  private void work() {
    try {
      workSlice();
    } catch (RuntimeException | Error e) {
      // A mistake of ours, which the thread's handler logs; without an end the watches would hang.
      fail();
      throw e;
    }
  }

  private void fail() {
    synchronized (this) {
      matching = false;
      at = null;
    }
    members.fail();
  }

  private void workSlice() {
    Slice slice = Slice.of(with.time::nanos, with.lane.preempts(job()));
    boolean goesOn = step();
    while (goesOn && !slice.isOver()) {
      goesOn = step();
    }
    if (goesOn) {
      pause();
    }
  }

  private synchronized FairLane.Job job() {
    return job;
  }

  /** Sends something that is due, or matches the next event; false if there is nothing to do. */
  private boolean step() {
    Recent from = take();
    if (from == null) {
      return false;
    }
    Instant now = with.time.now();
    if (isTimed() && only.isDue(now)) {
      burst++;
      return burst > MAX_BURST ? handOver() : tellDue(from, now);
    }
    burst = 0;
    if (isTimed()) {
      only.advance(now);
    } else if (destination != null && destination.join(only, from)) {
      leaveChain();
      return false;
    }
    return from.next() == null ? !rest() : match(from, now);
  }

  /** The last event before the next thing to do, or null once it has left. */
  private synchronized Recent take() {
    matching = at != null && !members.isOver();
    scheduled = matching;
    if (matching) {
      members.welcome();
    }
    return matching ? at : null;
  }

  private boolean tellDue(Recent from, Instant now) {
    if (only.tellDue(from.revision(), now)) {
      return goesOn();
    }
    only.scan(leaveChain());
    return false;
  }

  private boolean match(Recent from, Instant now) {
    Recent next = from.next();
    if (next.isForgotten()) {
      return handOver();
    }
    if (destination != null && !destination.hasRoom()) {
      only.leavePlace();
      with.arrivals.register(only, leaveChain());
      return false;
    }
    if (isTimed()) {
      only.prepare(from.revision(), next.after());
    }
    with.comparisons.add(members.match(next, now));
    release(next);
    return goesOn();
  }

  /** Goes past an event, whose answers are sent. */
  private void release(Recent event) {
    List<FilteredWatch> released = List.of();
    synchronized (this) {
      at = event;
      matched = event.index();
      if (!waiting.isEmpty()) {
        released = List.copyOf(waiting);
        waiting.clear();
      }
    }
    released.forEach(watch -> watch.matched(this, event.index()));
  }

  /** Unless it is too far behind. */
  private boolean goesOn() {
    synchronized (this) {
      matching = behind;
      if (!behind) {
        if (positionDue) {
          sendPosition();
        }
        return true;
      }
    }
    return handOver();
  }

  /** At the end of the chain, unless there is a further event by now. */
  private boolean rest() {
    synchronized (this) {
      matching = false;
      if (at.next() != null) {
        return false;
      }
      scheduled = false;
      job = newJob();
      if (positionDue) {
        sendPosition();
      }
    }
    if (isTimed()) {
      with.alarm.accept(only.dueMillis());
    }
    return true;
  }

  private FairLane.Job newJob() {
    FairLane.Job next = new FairLane.Job();
    next.worksFor(Math.max(1, members.size()));
    return next;
  }

  /** Queues the rest behind the work of other sessions. */
  private synchronized void pause() {
    scheduled = false;
    if (at != null) {
      schedule(true);
    }
  }

  /**
   * Has the watches catch up from the journal: it is too far behind; or so much is due that it has
   * to leave in chunks, as the client reads them; or what follows was redacted since, and the
   * journal has it as it may be sent.
   */
  private boolean handOver() {
    members.disperse(leaveChain());
    return false;
  }

  /** Returns the revision of the last event that was matched; for one caller. */
  private synchronized long leaveChain() {
    long revision = at.revision();
    matching = false;
    scheduled = false;
    at = null;
    return revision;
  }
}
