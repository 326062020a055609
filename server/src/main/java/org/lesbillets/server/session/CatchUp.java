package org.lesbillets.server.session;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.AllTicketsParts;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.server.desk.request.Snapshot;
import org.lesbillets.server.journal.EventPages;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.match.MatchClock;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Slice;
import org.lesbillets.server.work.Workers;

/**
 * Chunks that answer GetTickets, and the catch-up that follows for a watch. A worker's thread;
 * holds the snapshot's tickets and one chunk, and pins nothing in the frame log.
 *
 * <pre>
 *   SNAPSHOT (or Resumed) --- plain list ---> done
 *       | watch
 *       v
 *   MISSED EVENTS, read from the journal, at most 1,000 or 256 KiB a chunk
 *       |     (a query that mentions time: those up to the snapshot, then a scan of its tickets)
 *       |                                   ^
 *       | the frame log reaches back        | the updater does not reach back
 *       v                                   |
 *   LIVE: cursor in the frame log; with a query: registered with the updater
 * </pre>
 */
final class CatchUp implements ChunkSource {
  private static final long CHUNK_BYTES = 256 * 1024;
  private static final byte[] NOTHING = {};

  /** The updater keeps more recent events than this, mostly, and accepts a watch so far behind. */
  private static final long NEAR_REVISIONS = 2_048;

  private final GetTickets request;
  private final Snapshot snapshot;
  private final FilteredWatch filtered;
  private final SessionReader reader;
  private final FairLane.Job job = new FairLane.Job();
  private final MatchClock clock;
  private FairLane lane;
  private boolean mayRead;
  private ListScan scan;

  /** Whether the clock needs the snapshot's tickets. */
  private boolean scans;

  private AllTicketsParts list;
  private final Queue<EventPages.Entry> missed = new ArrayDeque<>();
  private boolean begun;
  private boolean handedOver;

  /** A watch that the updater sent back has to get nearer before it registers again. */
  private long near = NEAR_REVISIONS;

  private long caughtUpTo;

  /** Of the log, when the events that were missed were read. */
  private long seals;

  /**
   * @param filtered the watch that the request starts if it has a query, else null
   */
  CatchUp(GetTickets request, Snapshot snapshot, FilteredWatch filtered, SessionReader reader) {
    this.request = request;
    this.snapshot = snapshot;
    this.filtered = filtered;
    this.reader = reader;
    this.clock = filtered == null ? null : filtered.clock();
    this.scans = clock != null && snapshot != null;
  }

  /** Another round for a watch that was sent every event up to {@code revision}. */
  static CatchUp further(FilteredWatch filtered, long revision, SessionReader reader) {
    CatchUp again = new CatchUp(null, null, filtered, reader);
    again.begun = true;
    again.near = 0;
    again.caughtUpTo = revision;
    return again;
  }

  /** As {@link #further}, with a scan of all tickets for the watch's clock. */
  static CatchUp scanning(
      FilteredWatch filtered, long revision, Snapshot snapshot, SessionReader reader) {
    CatchUp again = new CatchUp(null, snapshot, filtered, reader);
    again.begun = true;
    again.caughtUpTo = revision;
    filtered.clock().restart();
    return again;
  }

  /** Whether the journal is read is looked at again by the chunk: the log moves on. */
  @Override
  public FairLane lane(Workers workers) {
    mayRead = reads();
    lane = mayRead ? workers.replays() : workers.queries();
    return lane;
  }

  private boolean reads() {
    if (!begun) {
      return startsWatch() && request.since() != null;
    }
    if (scan != null || list != null || request != null && !startsWatch()) {
      return false;
    }
    // One with a query may have to read at any time.
    return filtered != null || reader.log().positionAfter(caughtUpTo) < 0;
  }

  @Override
  public FairLane.Job job() {
    return job;
  }

  @Override
  public WatchEffect effect() {
    if (request == null) {
      return WatchEffect.CONTINUES;
    }
    if (request.watch() == null) {
      return WatchEffect.NONE;
    }
    return request.watch() ? WatchEffect.STARTS : WatchEffect.ENDS;
  }

  @Override
  public Chunk next() {
    if (!begun) {
      begun = true;
      begin();
      if (scan == null) {
        return resumed();
      }
    }
    if (scan != null && !scanned()) {
      return Chunk.UNFINISHED;
    }
    if (list != null) {
      return listed();
    }
    return request == null || startsWatch() ? follow() : null;
  }

  private boolean startsWatch() {
    return effect() == WatchEffect.STARTS;
  }

  private void begin() {
    ResumePoint since = startsWatch() ? request.since() : null;
    if (clock != null) {
      boolean knows = since != null && since.mark() != null;
      clock.begin(knows ? since.mark() : TimeMark.after(snapshot.at()));
    }
    if (resumes(since)) {
      caughtUpTo = since.revision();
      if (filtered != null) {
        filtered.replaysUpTo(snapshot.revision());
      }
    } else {
      if (clock != null) {
        clock.begin(TimeMark.after(snapshot.at()));
      }
      caughtUpTo = snapshot.revision();
      scan = reader.scan(request, snapshot);
    }
  }

  /** One slice of the choice of tickets; whether it was the last. */
  private boolean scanned() {
    if (!scan.advance(reader.slice(lane, job))) {
      return false;
    }
    boolean reset = startsWatch() && request.since() != null;
    list = reader.parts(request, snapshot, scan, reset);
    scan = null;
    return true;
  }

  private boolean resumes(ResumePoint since) {
    if (since == null
        || since.revision() > snapshot.revision()
        || !reader.services().damage().isReadableAfter(since.revision())) {
      return false;
    }
    try {
      return reader.journal().reads().remembers(since);
    } catch (JournalException e) {
      unreadable(since.revision(), e);
      return false;
    }
  }

  private Chunk resumed() {
    reader.answered(request.requestId());
    return begun(
        reader.frame(
            new ServerMessage.Resumed(
                request.requestId(), reader.journal().journalId(), caughtUpTo)));
  }

  /** The last frame of the answer; a watch with a clock learns at once what that says. */
  private Chunk begun(byte[] frame) {
    if (clock == null) {
      return Chunk.of(frame);
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(frame);
    frames.writeBytes(reader.frame(filtered.position(caughtUpTo)));
    return Chunk.of(frames.toByteArray());
  }

  private Chunk listed() {
    byte[] frame = WebSocketFrames.text(list.next());
    if (list.hasNext()) {
      return Chunk.of(frame);
    }
    list = null;
    reader.answered(request.requestId());
    return begun(frame);
  }

  private Chunk follow() {
    try {
      return filtered == null ? followLog() : followFiltered();
    } catch (JournalException e) {
      unreadable(caughtUpTo, e);
      reader.endSession(SessionEnd.UNREADABLE);
      return null;
    }
  }

  /** Remembers damage; what passes has the client ask again, over another connection. */
  private void unreadable(long revision, JournalException cause) {
    if (cause.isPassing()) {
      reader.endSession(SessionEnd.UNREADABLE);
    } else {
      reader.services().damage().found(revision, cause);
    }
  }

  private Chunk followLog() {
    long position = reader.log().positionAfter(caughtUpTo);
    return position >= 0 ? Chunk.live(position) : missed(reader.log().headRevision());
  }

  private Chunk followFiltered() {
    if (handedOver || filtered.isEnded()) {
      return null;
    }
    if (filtered.isAhead()) {
      return Chunk.of(reader.frame(filtered.position(caughtUpTo)));
    }
    if (scans) {
      return caughtUpTo < snapshot.revision() ? missed(snapshot.revision()) : scanForTime();
    }
    if (filtered.isDue(reader.services().time().now())) {
      return due();
    }
    if (caughtUpTo >= reader.log().headRevision() - near) {
      handedOver = true;
      reader.services().watches().register(filtered, caughtUpTo);
      return null;
    }
    if (mayRead) {
      near = NEAR_REVISIONS;
    }
    return missed(reader.log().headRevision());
  }

  /** One slice of the scan for the clock, which knows all events up to the snapshot. */
  private Chunk scanForTime() {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    clock
        .scan(snapshot.tickets(), caughtUpTo, reader.slice(lane, job)::isOver)
        .forEach(told -> frames.writeBytes(reader.frame(told)));
    if (clock.isFilled()) {
      scans = false;
      frames.writeBytes(clock.wasSetBack() ? reader.frame(filtered.position(caughtUpTo)) : NOTHING);
    }
    return Chunk.of(frames.toByteArray());
  }

  /** A slice of what time has changed; null if all tickets have to be scanned first. */
  private Chunk due() {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    Slice slice = reader.slice(lane, job);
    Instant now = reader.services().time().now();
    while (filtered.isDue(now) && frames.size() < CHUNK_BYTES && !slice.isOver()) {
      if (clock.needsScan(now)) {
        handedOver = frames.size() == 0;
        break;
      }
      ServerMessage.TicketMatch told = clock.next(caughtUpTo);
      frames.writeBytes(told == null ? NOTHING : reader.frame(told));
    }
    if (handedOver) {
      filtered.scan(caughtUpTo);
      return null;
    }
    return Chunk.of(frames.toByteArray());
  }

  /**
   * A slice of the events that were missed.
   *
   * @param head the last of them; never beyond the head of the frame log
   */
  private Chunk missed(long head) {
    if (!mayRead) {
      return Chunk.UNFINISHED;
    }
    if (seals != reader.log().seals()) {
      // Something was redacted since.
      missed.clear();
    }
    if (missed.isEmpty() && !readMissed(head)) {
      return null;
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    Slice slice = reader.slice(lane, job);
    boolean sent = true;
    do {
      if (missed.peek().event().revision() > head) {
        missed.clear();
        break;
      }
      EventPages.Entry next = missed.poll();
      sent = add(frames, next);
      caughtUpTo = next.event().revision();
    } while (!missed.isEmpty() && (filtered == null || !slice.isOver()));
    if (!sent) {
      frames.writeBytes(reader.frame(filtered.position(caughtUpTo)));
    }
    return Chunk.of(frames.toByteArray());
  }

  /** Reads the next page; whether it follows what was sent. */
  private boolean readMissed(long head) {
    seals = reader.log().seals();
    missed.addAll(reader.services().pages().after(caughtUpTo, seals));
    if (missed.isEmpty()) {
      throw new JournalException(
          "no event after revision " + caughtUpTo + ", though the last is " + head);
    }
    if (missed.peek().event().previousRevision() > caughtUpTo) {
      reader.endSession(SessionEnd.FORGOTTEN);
      return false;
    }
    return true;
  }

  /** Adds the event's frame, which is made if it matches. */
  private boolean add(ByteArrayOutputStream frames, EventPages.Entry entry) {
    Match match = filtered == null ? null : match(entry);
    if (filtered != null && match == null) {
      return false;
    }
    EventJson json = EventJson.of(reader.withRemaining(entry.event()));
    WebSocketFrames.addText(frames, match == null ? json.pushed() : json.matched(match));
    return true;
  }

  private Match match(EventPages.Entry entry) {
    Instant now = reader.services().time().now();
    return entry.event().event() instanceof WireEvent.TicketRedacted
        ? filtered.matchRedacted(entry.after(), now)
        : filtered.match(entry.before(), entry.after(), now);
  }
}
