package org.lesbillets.server.update;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.desk.Announcement;
import org.lesbillets.server.pubsub.Subscription;
import org.lesbillets.server.session.Drainer;
import org.lesbillets.server.session.FilteredWatch;
import org.lesbillets.server.session.FrameLog;
import org.lesbillets.server.session.SessionServices;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/**
 * The fan-out of events. Encodes each event once, appends it to the frame log, and wakes the
 * drainer once per batch; pushes to filtered watches what matches their query; and passes on
 * answers, behind the events they follow.
 *
 * <p>The thread "updater"; it never blocks on a session. Bounded by its subscription.
 */
public final class ClientUpdater
    implements Announcement.Visitor, SessionServices.FilteredWatches, AutoCloseable {
  private static final int BATCH = 1_024;
  private static final long JOIN_MILLIS = 500;

  private final Subscription<Announcement> announcements;
  private final FrameLog log;
  private final Drainer drainer;
  private final TimeSource time;
  private final long positionNanos;
  private final RecentEvents recent = new RecentEvents();
  private final List<Watched> watches = new ArrayList<>();
  private final Queue<Watched> arriving = new ConcurrentLinkedQueue<>();
  private final List<Announcement> batch = new ArrayList<>(BATCH);
  private final Loop loop;
  private volatile boolean running = true;
  private long nextPositionNanos;

  /** A filtered watch, and the last revision it was sent. */
  private static final class Watched {
    private final FilteredWatch watch;
    private long sentRevision;

    Watched(FilteredWatch watch, long sentRevision) {
      this.watch = watch;
      this.sentRevision = sentRevision;
    }
  }

  /**
   * The updater's dependencies.
   *
   * @param positionEvery interval of position messages to filtered watches
   */
  public record Dependencies(FrameLog log, Drainer drainer, World world, Duration positionEvery) {}

  public ClientUpdater(Subscription<Announcement> announcements, Dependencies with) {
    this.announcements = announcements;
    this.log = with.log();
    this.drainer = with.drainer();
    this.time = with.world().time();
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
    if (more) {
      return 0;
    }
    return goesOn ? Math.max(0, nextPositionNanos - time.nanos()) : Loop.END;
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
    RecentEvents.Recent event = new RecentEvents.Recent(happened, json);
    recent.add(event);
    log.append(json.pushed(), happened.event().revision());
    push(event);
  }

  private void push(RecentEvents.Recent event) {
    Map<Match, byte[]> encoded = new EnumMap<>(Match.class);
    for (Iterator<Watched> each = watches.iterator(); each.hasNext(); ) {
      Watched watched = each.next();
      if (watched.watch.isEnded()) {
        each.remove();
      } else {
        pushTo(watched, event, encoded);
      }
    }
  }

  private void pushTo(Watched watched, RecentEvents.Recent event, Map<Match, byte[]> encoded) {
    Match match =
        watched.watch.match(event.happened().before(), event.happened().after(), time.now());
    if (match != null) {
      watched.watch.push(encoded.computeIfAbsent(match, event.json()::matched));
      watched.sentRevision = event.revision();
    }
  }

  @Override
  public void onAnswered(Announcement.Answered answered) {
    EventJson json = recent.json(answered.event());
    answered.to().answer(json.answer(answered.requestId(), answered.repeated()));
  }

  @Override
  public void onJoined(Announcement.Joined joined) {
    joined.who().watch(joined.request(), joined.snapshot());
  }

  @Override
  public void register(FilteredWatch watch, long revision) {
    arriving.add(new Watched(watch, revision));
    loop.wake();
  }

  private void welcomeWatches() {
    for (Watched arrival = arriving.poll(); arrival != null; arrival = arriving.poll()) {
      if (!arrival.watch.isEnded()) {
        welcome(arrival);
      }
    }
  }

  /** A watch goes live if the events since it caught up are cached; else it catches up again. */
  private void welcome(Watched arrival) {
    if (!recent.reachesBackTo(arrival.sentRevision, log.headRevision())) {
      arrival.watch.catchUp(arrival.sentRevision);
      return;
    }
    recent
        .after(arrival.sentRevision)
        .forEach(event -> pushTo(arrival, event, new EnumMap<>(Match.class)));
    watches.add(arrival);
    arrival.watch.goLive();
  }

  /** Sends filtered watches the head of the journal, when they are behind it. */
  private void sendPositions() {
    long now = time.nanos();
    if (now - nextPositionNanos < 0) {
      return;
    }
    nextPositionNanos = now + positionNanos;
    // Without events, this is where ended watches are dropped.
    watches.removeIf(watched -> watched.watch.isEnded());
    long head = log.headRevision();
    byte[] position = MessageCodec.encodeUtf8(new ServerMessage.Position(head));
    for (Watched watched : watches) {
      if (watched.sentRevision < head) {
        watched.watch.push(position);
        watched.sentRevision = head;
      }
    }
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
