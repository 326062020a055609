package org.lesbillets.server.update;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * drainer once per batch or MiB; offers it to filtered watches, whose queries workers match; and
 * passes on answers, behind the events they follow.
 *
 * <p>The thread "updater"; it never blocks on a session. Bounded by its subscription.
 */
public final class ClientUpdater
    implements Announcement.Visitor, SessionServices.FilteredWatches, AutoCloseable {
  private static final int BATCH = 1_024;

  /** Large events are passed on before their batch is encoded: it may have more than is kept. */
  private static final long TELL_BYTES = 1 << 20;

  private static final long JOIN_MILLIS = 500;

  /** How long what is redacted stays in the log for those who have not read up to it. */
  private static final long FORGET_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long FORGET_LOOK_NANOS = Duration.ofMillis(10).toNanos();

  private final Subscription<Announcement> announcements;
  private final FrameLog log;
  private final Drainer drainer;
  private final TimeSource time;
  private final long positionNanos;
  private final RecentEvents recent;
  private final LockLog lockLog = new LockLog();
  private final WatchFollowers followers;
  private final List<Announcement> batch = new ArrayList<>(BATCH);
  private final Loop loop;
  private volatile boolean running = true;
  private long nextPositionNanos;

  /** When frames are forgotten; null if none are. */
  private Long forgetNanos;

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
    this.recent = new RecentEvents(log.headRevision(), log.capacityBytes());
    this.time = with.world().time();
    this.followers = new WatchFollowers(recent, with.queries(), time, this::wake);
    this.positionNanos = with.positionEvery().toNanos();
    this.nextPositionNanos = time.nanos() + positionNanos;
    this.loop = with.world().loop("updater", this::round);
    announcements.onPublished(loop::wake);
  }

  private void wake() {
    loop.wake();
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
    boolean arrivals = followers.welcome();
    sendPositions();
    long dueNanos = Math.min(followers.wakeDue(), forgetFrames());
    if (log.wipe() || more || arrivals) {
      return 0;
    }
    return goesOn ? Math.max(0, Math.min(dueNanos, nextPositionNanos - time.nanos())) : Loop.END;
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

  private void publish(List<Announcement> batch) {
    long told = log.head();
    for (Announcement announcement : batch) {
      announcement.accept(this);
      if (log.head() - told >= TELL_BYTES) {
        told = tell();
      }
    }
    if (log.head() != told) {
      tell();
    }
  }

  /** Has others send what happened; the position up to which it is. */
  private long tell() {
    drainer.logGrew();
    followers.offer();
    return log.head();
  }

  @Override
  public void onHappened(Announcement.Happened happened) {
    EventJson json = EventJson.of(happened.event());
    boolean redacts = happened.event().event() instanceof WireEvent.TicketRedacted;
    recent.add(redacts ? forgetBefore(happened) : happened, json);
    log.append(json.pushed(), happened.event().revision());
    happened.event().event().accept(lockLog);
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
    followers.register(watch, revision);
  }

  /** What it was announced and has not taken yet. Any thread. */
  public int queued() {
    return announcements.size();
  }

  /** How often an event was compared with a query of watches. Any thread. */
  public long comparisons() {
    return followers.comparisons();
  }

  /** Sends filtered watches the revision up to which they were sent everything. */
  private void sendPositions() {
    long now = time.nanos();
    if (now - nextPositionNanos < 0) {
      return;
    }
    nextPositionNanos = now + positionNanos;
    followers.position();
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
