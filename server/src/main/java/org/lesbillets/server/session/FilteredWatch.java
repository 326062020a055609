package org.lesbillets.server.session;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;
import org.lesbillets.model.query.BoundQuery;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.match.MatchClock;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;

/**
 * Watch with a query. A worker catches up from the journal; then others match the events, in their
 * order, and push those that concern it. Any thread may end it.
 *
 * <pre>
 *   CATCHING UP --- register, goLive ---> LIVE at a place --- goLive ---> at another place
 *       ^                                   |
 *       +----------- catchUp: behind -------+
 *       |                                   | end
 *       +-------------- end --> ENDED <-----+
 * </pre>
 *
 * <p>Answers about events that are not matched yet are held back, and bounded as answers are.
 */
public final class FilteredWatch {
  private final SessionReader reader;
  private final BoundQuery query;
  private final Outbox outbox;
  private final CatchUpStarter catchUp;

  /** Of a query that mentions time; null for others. */
  private final MatchClock clock;

  /** Answers that wait for events to be matched. Guarded by this, as what follows. */
  private final Deque<Held> held = new ArrayDeque<>();

  /** Null while it catches up. */
  private Place place;

  private volatile boolean ended;

  /** Revision of the last event that is sent again to a watch that resumes. */
  private volatile long replayed = -1;

  /**
   * Where live watches are in the chain of events. Any thread, which may hold the lock of a watch;
   * calls no watch while it holds its own.
   */
  public interface Place {
    /** Index of the newest event. */
    long newest();

    /** Index of the last event that was matched. */
    long matched();

    /** Calls {@link FilteredWatch#matched} after the next event. */
    void notifyNext(FilteredWatch watch);
  }

  /** Schedules another round of catching up. Any thread; does not block. */
  interface CatchUpStarter {
    void start(FilteredWatch watch, long revision);

    /** The same, with a scan of all tickets. */
    void startWithScan(FilteredWatch watch, long revision);
  }

  /**
   * An answer that is held back.
   *
   * @param index of the event that has to be matched before
   */
  private record Held(byte[] frame, long index) {
    /** Before the watch is live it is not known which; then it is the newest. */
    static final long WHEN_LIVE = Long.MAX_VALUE;
  }

  FilteredWatch(SessionReader reader, TicketQuery query, Outbox outbox, CatchUpStarter catchUp) {
    this.reader = reader;
    this.query = BoundQuery.of(reader.session().agent(), query);
    this.outbox = outbox;
    this.catchUp = catchUp;
    this.clock = query.mentionsTime() ? reader.clock(query) : null;
  }

  /** The session that the work of matching belongs to. */
  public Requester session() {
    return reader.session();
  }

  /** What it asks for: watches with an equal one that are not timed have the same matches. */
  public BoundQuery query() {
    return query;
  }

  /**
   * The event's relation to the query.
   *
   * @param before null if the ticket did not exist; {@code after} itself if no query can tell them
   * @param now the time that ages are measured to
   * @return null if neither state matches
   */
  public Match match(Ticket before, Ticket after, Instant now) {
    if (clock != null) {
      return clock.match(before, after);
    }
    boolean matches = query.matches(after, now);
    return Match.of(
        before == after ? matches : before != null && query.matches(before, now), matches);
  }

  /**
   * As {@link #match} of a redaction. What the ticket was before it is forgotten: the client may
   * show it, so that it counts as matching.
   */
  public Match matchRedacted(Ticket after, Instant now) {
    if (clock != null) {
      return clock.matchRedacted(after);
    }
    return Match.of(true, query.matches(after, now));
  }

  /** What time alone does to its matches; null if its query does not mention time. */
  MatchClock clock() {
    return clock;
  }

  /** When time alone may change a match, in milliseconds of the epoch. Any thread. */
  public long dueMillis() {
    return clock == null ? TicketQuery.NEVER : clock.dueMillis();
  }

  /** Whether time alone may change its matches. */
  public boolean isTimed() {
    return clock != null;
  }

  /** Whether time alone may have changed matches since the last look. */
  public boolean isDue(Instant now) {
    return clock != null && (dueMillis() <= now.toEpochMilli() || clock.isSetBack(now));
  }

  /** Nothing is due: what follows is matched as of now. The thread that matches. */
  public void advance(Instant now) {
    if (clock != null) {
      clock.advance(now);
    }
  }

  /**
   * Sends the next of what is due. The thread that matches.
   *
   * @param revision of the last event that was matched
   * @return false if the watch has to be caught up with a scan
   */
  public boolean tellDue(long revision, Instant now) {
    if (clock.needsScan(now)) {
      return false;
    }
    TicketMatch told = clock.next(revision);
    if (told != null) {
      push(frame(MessageCodec.encodeUtf8(told)));
    }
    return true;
  }

  /** Whether the client does not know yet up to which moment everything was sent. */
  boolean isAhead() {
    return clock != null && clock.isAhead();
  }

  /**
   * Sends the position, if the client has to know it before an event is matched. The thread that
   * matches.
   *
   * @param revision of the last event that was matched
   * @param after the ticket after the next one
   */
  public void prepare(long revision, Ticket after) {
    if (clock != null && clock.isAhead(after)) {
      push(frame(MessageCodec.encodeUtf8(position(revision))));
    }
  }

  /** The message that everything up to this revision, and up to some moment, was sent. */
  public ServerMessage.Position position(long revision) {
    return new ServerMessage.Position(revision, clock == null ? null : clock.position());
  }

  /** Has the watch catch up from {@code revision} with a scan of all tickets. */
  public void scan(long revision) {
    leavePlace();
    catchUp.startWithScan(this, revision);
  }

  /** Has the watch catch up from {@code revision} and register again. Any thread. */
  public void catchUp(long revision) {
    leavePlace();
    catchUp.start(this, revision);
  }

  /** Ends its session: events cannot be matched any more, by a mistake of ours. Any thread. */
  public void fail() {
    reader.endSession(SessionEnd.FAILED);
  }

  /** Leaves its place, and holds answers back until it is taken in elsewhere. Any thread. */
  public synchronized void leavePlace() {
    place = null;
  }

  /** The frame of a message, which may be pushed to many watches. */
  public static byte[] frame(byte[] json) {
    return WebSocketFrames.text(json);
  }

  /** Events up to this revision had happened when the watch resumed. A worker's thread. */
  void replaysUpTo(long revision) {
    replayed = revision;
  }

  /** Whether an event had happened when the watch resumed. Any thread. */
  public boolean replays(SequencedEvent event) {
    return event.revision() <= replayed;
  }

  /** Sends an event that it replays, with the present remaining time of its lock. */
  public void replay(SequencedEvent event, Match match) {
    push(frame(EventJson.of(reader.withRemaining(event)).matched(match)));
  }

  /** Sends a frame, which is not written to any more. One thread at a time. */
  public void push(byte[] frame) {
    outbox.push(frame, this::isEnded);
  }

  /**
   * From now on events are matched at a place, in their order.
   *
   * @param admit adds the watch there; whether it could
   * @param matched index of the last event that the watch has received
   * @return whether it was admitted
   */
  public synchronized boolean goLive(Place at, BooleanSupplier admit, long matched) {
    if (!admit.getAsBoolean()) {
      return false;
    }
    place = at;
    long newest = at.newest();
    List<Held> all = List.copyOf(held);
    held.clear();
    all.forEach(answer -> held.add(new Held(answer.frame, Math.min(answer.index, newest))));
    release(matched);
    awaitNext();
    return true;
  }

  /** An event was matched, and pushed if it concerns the watch: releases the answers behind it. */
  public synchronized void matched(Place at, long index) {
    if (place == at) {
      release(index);
      awaitNext();
    }
  }

  /** Registers first, and then looks: the event may be matched in between. */
  private void awaitNext() {
    if (place != null && !held.isEmpty()) {
      place.notifyNext(this);
      release(place.matched());
    }
  }

  private void release(long index) {
    List<byte[]> frames = new ArrayList<>();
    while (!held.isEmpty() && held.peek().index <= index) {
      frames.add(held.poll().frame);
    }
    if (!frames.isEmpty()) {
      outbox.sendHeld(frames);
    }
  }

  /**
   * Holds an answer back while there are events to match. The updater's thread.
   *
   * @return false if the answer may be sent at once
   */
  synchronized boolean holdsBack(byte[] json) {
    if (ended || place != null && held.isEmpty() && place.matched() >= place.newest()) {
      return false;
    }
    byte[] frame = WebSocketFrames.text(json);
    outbox.hold(frame);
    held.add(new Held(frame, place == null ? Held.WHEN_LIVE : place.newest()));
    awaitNext();
    return true;
  }

  /** Ends it, and takes the answers held back. Any thread. */
  synchronized List<byte[]> endAndTakeHeld() {
    ended = true;
    List<byte[]> taken = held.stream().map(Held::frame).toList();
    held.clear();
    return taken;
  }

  void end() {
    ended = true;
  }

  /** Whether its session has ended or watches something else. Any thread. */
  public boolean isEnded() {
    return ended;
  }
}
