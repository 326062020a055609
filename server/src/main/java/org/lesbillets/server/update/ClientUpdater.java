package org.lesbillets.server.update;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.pubsub.Subscription;
import org.lesbillets.server.session.Drainer;
import org.lesbillets.server.session.FilteredWatch;
import org.lesbillets.server.session.FrameLog;
import org.lesbillets.server.session.SessionServices;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/**
 * The fan-out of events. Encodes each event once, appends it to the frame log, and wakes the
 * drainer once per batch; offers it to filtered watches, whose queries workers match; and passes on
 * answers, behind the events they follow.
 *
 * <p>The thread "updater"; it never blocks on a session. Bounded by its subscription.
 */
public final class ClientUpdater
    implements Announcement.Visitor, SessionServices.FilteredWatches, AutoCloseable {
  private static final int BATCH = 1_024;
  private static final long JOIN_MILLIS = 500;
  private static final long MAX_LOOK_MILLIS = 1_000;

  /** How long what is redacted stays in the log for those who have not read up to it. */
  private static final long FORGET_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long FORGET_LOOK_NANOS = Duration.ofMillis(10).toNanos();

  private final Subscription<Announcement> announcements;
  private final FrameLog log;
  private final Drainer drainer;
  private final TimeSource time;
  private final long positionNanos;
  private final WatchFollower.Surroundings surroundings;
  private final RecentEvents recent;
  private final LockLog lockLog = new LockLog();
  private final List<WatchFollower> followers = new ArrayList<>();
  private final Queue<Arrival> arriving = new ConcurrentLinkedQueue<>();
  private final List<Announcement> batch = new ArrayList<>(BATCH);
  private final Loop loop;
  private volatile boolean running = true;
  private long nextPositionNanos;
  private long latestMillis;

  /** When frames are forgotten; null if none are. */
  private Long forgetNanos;

  /** When the loop looks for what is due, if nothing else wakes it. */
  private volatile long plannedMillis = Long.MAX_VALUE;

  /** A watch that has caught up with a revision. */
  private record Arrival(FilteredWatch watch, long revision) {}

  /**
   * The updater's dependencies.
   *
   * @param queries matches events with the queries of watches
   * @param positionEvery interval of position messages to filtered watches
   */
  public record Dependencies(
      FrameLog log, Drainer drainer, World world, FairLane queries, Duration positionEvery) {}

  public ClientUpdater(Subscription<Announcement> announcements, Dependencies with) {
    this.announcements = announcements;
    this.log = with.log();
    this.drainer = with.drainer();
    this.recent = new RecentEvents(log.headRevision());
    this.time = with.world().time();
    this.surroundings = new WatchFollower.Surroundings(with.queries(), time, this::alarm);
    this.positionNanos = with.positionEvery().toNanos();
    this.nextPositionNanos = time.nanos() + positionNanos;
    this.loop = with.world().loop("updater", this::round);
    announcements.onPublished(loop::wake);
  }

  /**
   * Starts the thread.
   *
   * @param onDeath callback if the thread dies: no event is pushed any more
   */
  public void start(Thread.UncaughtExceptionHandler onDeath) {
    loop.start(onDeath);
  }

  private long round() {
    // Read first: what was announced before the end is still sent, answers among it.
    boolean goesOn = running;
    boolean more = announcements.take(batch, BATCH) > 0;
    if (more) {
      publish(batch);
      batch.clear();
    }
    welcomeWatches();
    sendPositions();
    long dueNanos = Math.min(wakeDue(), forgetFrames());
    if (log.wipe() || more) {
      return 0;
    }
    return goesOn ? Math.max(0, Math.min(dueNanos, nextPositionNanos - time.nanos())) : Loop.END;
  }

  /**
   * Wakes the watches for which time has something to tell: one look at each, whatever it has to
   * do.
   *
   * @return nanoseconds until the next look; at most a second where a watch depends on time, since
   *     the wall clock may be set
   */
  private long wakeDue() {
    long now = time.now().toEpochMilli();
    boolean setBack = now < latestMillis - MAX_LOOK_MILLIS;
    latestMillis = now;
    // A watch that gets a deadline from here on wakes this loop.
    plannedMillis = Long.MAX_VALUE;
    long first = Long.MAX_VALUE;
    boolean timed = false;
    for (WatchFollower follower : followers) {
      timed |= follower.isTimed();
      long due = follower.dueMillis();
      if (due <= now || setBack && follower.isTimed()) {
        follower.due();
      } else {
        first = Math.min(first, due);
      }
    }
    plannedMillis = first;
    long wait = Math.min(MAX_LOOK_MILLIS, first - now);
    return timed ? TimeUnit.MILLISECONDS.toNanos(wait) : Long.MAX_VALUE;
  }

  /**
   * Drops the frames from before a redaction as soon as every watch has read up to it, or its time
   * is over: a watch that has not is lost then.
   *
   * @return nanoseconds until the next look
   */
  private long forgetFrames() {
    if (forgetNanos == null) {
      return Long.MAX_VALUE;
    }
    if (!log.isRead() && time.nanos() - forgetNanos < 0) {
      return FORGET_LOOK_NANOS;
    }
    forgetNanos = null;
    log.forget();
    return 0;
  }

  /** A watch has something due at this moment. Any thread. */
  private void alarm(long millis) {
    if (millis < plannedMillis) {
      loop.wake();
    }
  }

  private void publish(List<Announcement> batch) {
    long before = log.head();
    batch.forEach(announcement -> announcement.accept(this));
    if (log.head() != before) {
      drainer.logGrew();
    }
  }

  @Override
  public void onHappened(Announcement.Happened happened) {
    EventJson json = EventJson.of(happened.event());
    boolean redacts = happened.event().event() instanceof WireEvent.TicketRedacted;
    RecentEvents.Recent event = recent.add(redacts ? forgetBefore(happened) : happened, json);
    log.append(json.pushed(), event.revision());
    happened.event().event().accept(lockLog);
    followers.removeIf(WatchFollower::isOver);
    followers.forEach(follower -> follower.offer(event));
  }

  private Announcement.Happened forgetBefore(Announcement.Happened redaction) {
    recent.forget();
    log.seal();
    if (forgetNanos == null) {
      forgetNanos = time.nanos() + FORGET_NANOS;
    }
    return new Announcement.Happened(redaction.event(), null, redaction.after());
  }

  @Override
  public void onAnswered(Announcement.Answered answered) {
    EventJson json = recent.json(answered.event());
    String requestId = answered.requestId();
    answered.to().answer(requestId, json.answer(requestId, answered.repeated()));
  }

  @Override
  public void onJoined(Announcement.Joined joined) {
    joined.who().watch(joined.request(), joined.snapshot());
  }

  @Override
  public void onPassed(Announcement.Passed passed) {
    passed.task().run();
  }

  @Override
  public void register(FilteredWatch watch, long revision) {
    arriving.add(new Arrival(watch, revision));
    loop.wake();
  }

  private void welcomeWatches() {
    for (Arrival arrival = arriving.poll(); arrival != null; arrival = arriving.poll()) {
      if (!arrival.watch.isEnded()) {
        welcome(arrival);
      }
    }
  }

  /** A watch goes live if the events since it caught up are cached; else it catches up again. */
  private void welcome(Arrival arrival) {
    RecentEvents.Recent at = recent.upTo(arrival.revision);
    if (at == null) {
      arrival.watch.catchUp(arrival.revision);
      return;
    }
    WatchFollower follower = new WatchFollower(arrival.watch, at, surroundings);
    followers.add(follower);
    follower.begin(recent.newest());
  }

  /** Sends filtered watches the revision up to which they were sent everything. */
  private void sendPositions() {
    long now = time.nanos();
    if (now - nextPositionNanos < 0) {
      return;
    }
    nextPositionNanos = now + positionNanos;
    // Without events, this is where ended watches are dropped.
    followers.removeIf(WatchFollower::isOver);
    followers.forEach(WatchFollower::position);
  }

  /** Sends what was announced, and stops the thread. */
  @Override
  public void close() {
    running = false;
    loop.wake();
    loop.join(JOIN_MILLIS);
    announcements.close();
  }
}
