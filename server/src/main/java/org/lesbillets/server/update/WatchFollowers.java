package org.lesbillets.server.update;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.lesbillets.model.query.BoundQuery;
import org.lesbillets.server.session.FilteredWatch;
import org.lesbillets.server.session.SessionServices;
import org.lesbillets.server.update.RecentEvents.Recent;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Slice;
import org.lesbillets.server.world.TimeSource;

/**
 * The filtered watches that are live, at their {@linkplain WatchFollower places} in the chain of
 * events. Those with cheap queries share places, whatever they ask, so that an event costs one
 * journey to a worker; those that search texts share one with their equals alone; a timed watch has
 * its own. One that is behind the place of its equals has a place of its own until it is there.
 *
 * <p>The updater's thread, unless it says otherwise; as large as the number of watches.
 */
final class WatchFollowers implements SessionServices.FilteredWatches {
  private static final long MAX_LOOK_MILLIS = 1_000;

  private final RecentEvents recent;
  private final TimeSource time;
  private final Runnable wake;
  private final WatchFollower.Surroundings surroundings;
  private final List<WatchFollower> followers = new ArrayList<>();

  /** The shared place of each distinct query. */
  private final Map<BoundQuery, WatchFollower> places = new HashMap<>();

  /** Where cheap queries without a place get one; null if there is none. */
  private WatchFollower cheap;

  private final LongAdder comparisons = new LongAdder();
  private final Queue<Arrival> arriving = new ConcurrentLinkedQueue<>();
  private long latestMillis;

  /** When the updater looks for what is due, if nothing else wakes it. */
  private volatile long plannedMillis = Long.MAX_VALUE;

  /** A watch that has caught up with a revision. */
  private record Arrival(FilteredWatch watch, long revision) {}

  /**
   * @param wake has the updater welcome watches, and look for what is due; any thread
   */
  WatchFollowers(RecentEvents recent, FairLane lane, TimeSource time, Runnable wake) {
    this.recent = recent;
    this.time = time;
    this.wake = wake;
    this.surroundings =
        new WatchFollower.Surroundings(recent, lane, time, comparisons, this, this::alarm);
  }

  @Override
  public void register(FilteredWatch watch, long revision) {
    arriving.add(new Arrival(watch, revision));
    wake.run();
  }

  /** How often an event was compared with a query. Any thread. */
  long comparisons() {
    return comparisons.sum();
  }

  /**
   * Has the watches that registered go live, for the time of a slice.
   *
   * @return whether there are more
   */
  boolean welcome() {
    Slice slice = new Slice(time::nanos);
    Arrival arrival = arriving.poll();
    while (arrival != null) {
      if (!arrival.watch.isEnded()) {
        welcome(arrival.watch, arrival.revision);
      }
      if (slice.isOver()) {
        return !arriving.isEmpty();
      }
      arrival = arriving.poll();
    }
    return false;
  }

  /** A watch goes live if the events since it caught up are cached; else it catches up again. */
  private void welcome(FilteredWatch watch, long revision) {
    Recent caughtUpWith = recent.upTo(revision);
    if (caughtUpWith == null) {
      watch.catchUp(revision);
      return;
    }
    WatchFollower place = watch.isTimed() ? null : place(watch.query(), caughtUpWith);
    if (place == null || !place.join(watch, caughtUpWith)) {
      place = add(WatchFollower.of(watch, place, caughtUpWith, surroundings));
    }
    place.offer();
  }

  private WatchFollower add(WatchFollower follower) {
    followers.add(follower);
    return follower;
  }

  /**
   * The shared place of a query.
   *
   * @param at where a new one begins
   */
  private WatchFollower place(BoundQuery query, Recent at) {
    WatchFollower place = places.get(query);
    if (place != null && place.hasRoom()) {
      return place;
    }
    boolean costly = query.searchesTexts();
    place =
        costly || cheap == null || !cheap.hasRoom()
            ? add(new WatchFollower(at, surroundings))
            : cheap;
    places.put(query, place);
    cheap = costly ? cheap : place;
    return place;
  }

  /** There may be further events. */
  void offer() {
    followers.removeIf(WatchFollower::isOver);
    followers.forEach(WatchFollower::offer);
  }

  /** Sends each watch the revision up to which it was sent everything; drops those that ended. */
  void position() {
    followers.forEach(WatchFollower::position);
    followers.removeIf(WatchFollower::isOver);
    places.entrySet().removeIf(place -> !place.getValue().has(place.getKey()));
  }

  /**
   * Wakes the watches for which time has something to tell: one look at each, whatever it has to
   * do.
   *
   * @return nanoseconds until the next look; at most a second where a watch depends on time, since
   *     the wall clock may be set
   */
  long wakeDue() {
    long now = time.now().toEpochMilli();
    boolean setBack = now < latestMillis - MAX_LOOK_MILLIS;
    latestMillis = now;
    // A watch that gets a deadline from here on wakes the updater.
    plannedMillis = Long.MAX_VALUE;
    long first = Long.MAX_VALUE;
    boolean timed = false;
    for (WatchFollower follower : followers) {
      if (!follower.isTimed()) {
        continue;
      }
      timed = true;
      long due = follower.dueMillis();
      if (due <= now || setBack) {
        follower.due();
      } else {
        first = Math.min(first, due);
      }
    }
    plannedMillis = first;
    long wait = Math.min(MAX_LOOK_MILLIS, first - now);
    return timed ? TimeUnit.MILLISECONDS.toNanos(wait) : Long.MAX_VALUE;
  }

  /** A watch has something due at this moment. Any thread. */
  private void alarm(long millis) {
    if (millis < plannedMillis) {
      wake.run();
    }
  }
}
