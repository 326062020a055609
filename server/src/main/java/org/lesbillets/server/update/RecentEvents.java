package org.lesbillets.server.update;

import java.util.EnumMap;
import java.util.Map;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.session.FilteredWatch;

/**
 * A cache of the last events with their encoded form: for answers, which follow the push of their
 * event, and for filtered watches, which follow the chain of events at their own pace. The
 * updater's thread, but for the chain, which any thread may follow; holds {@value #CAPACITY}
 * events, or fewer whose JSON has as many bytes as is its bound, and no follower is further behind.
 * Beside that JSON it holds a copy for each of the three {@link Match} relations that a watch had
 * to an event, so up to four times the bound, and the tickets before and after each event.
 */
final class RecentEvents {
  static final int CAPACITY = 4_096;

  /** The least that the JSON of the events is bounded by. */
  private static final long MIN_BYTES = 8 << 20;

  /** The events after {@link #beforeOldest}, each at its index modulo the length. */
  private final Recent[] events = new Recent[CAPACITY + 1];

  private final long maxBytes;
  private volatile Recent newest;

  /** The link before the oldest event. */
  private Recent beforeOldest;

  /** A link of the chain of events. Any thread. */
  static final class Recent {
    private final Announcement.Happened happened;
    private final Ticket before;
    private final EventJson json;
    private final long revision;
    private final long index;

    /** The bytes of the JSON of all events up to this one. */
    private final long endByte;

    private final Map<Match, byte[]> frames = new EnumMap<>(Match.class);
    private volatile Recent next;
    private volatile boolean forgotten;

    private Recent(Announcement.Happened happened, EventJson json, Recent previous) {
      boolean alike = TicketQuery.cannotTell(happened.before(), happened.after());
      this.happened = happened;
      this.before = alike ? happened.after() : happened.before();
      this.json = json;
      this.revision = happened.event().revision();
      this.index = previous.index + 1;
      this.endByte = previous.endByte + json.pushed().length;
    }

    /** The beginning of a chain, which is no event. */
    private Recent(long revision, long index, long endByte) {
      this.happened = null;
      this.before = null;
      this.json = null;
      this.revision = revision;
      this.index = index;
      this.endByte = endByte;
    }

    Announcement.Happened happened() {
      return happened;
    }

    EventJson json() {
      return json;
    }

    /** The ticket before the event, or null; the one after it where queries cannot tell them. */
    Ticket before() {
      return before;
    }

    Ticket after() {
      return happened.after();
    }

    boolean redacts() {
      return happened.event().event() instanceof WireEvent.TicketRedacted;
    }

    long revision() {
      return revision;
    }

    /** The place in the chain. */
    long index() {
      return index;
    }

    /** Whether it says what was redacted since: it is not to be sent any more. */
    boolean isForgotten() {
      return forgotten;
    }

    /** The link after this one, or null if there is none yet. */
    Recent next() {
      return next;
    }

    /** The frame for watches to which the event has this relation; made once. */
    synchronized byte[] frame(Match match) {
      return frames.computeIfAbsent(match, m -> FilteredWatch.frame(json.matched(m)));
    }
  }

  /**
   * @param revision of the last event before the chain
   * @param maxBytes bound of the JSON of the events; 8 MiB if it is less
   */
  RecentEvents(long revision, long maxBytes) {
    this.maxBytes = Math.max(MIN_BYTES, maxBytes);
    newest = new Recent(revision, 0, 0);
    beforeOldest = newest;
  }

  Recent add(Announcement.Happened happened, EventJson json) {
    Recent event = new Recent(happened, json, newest);
    events[slot(event.index)] = event;
    newest.next = event;
    if (beforeOldest.index == newest.index) {
      beforeOldest.next = event;
    }
    newest = event;
    while (isTooFar(beforeOldest)) {
      beforeOldest = take(beforeOldest.index + 1);
    }
    return event;
  }

  private Recent take(long index) {
    Recent event = events[slot(index)];
    events[slot(index)] = null;
    return event;
  }

  private static int slot(long index) {
    return (int) (index % (CAPACITY + 1));
  }

  /** Whether more follows a link than is kept for a follower. Any thread. */
  boolean isTooFar(Recent from) {
    Recent to = newest;
    return to.index - from.index > CAPACITY || to.endByte - from.endByte > maxBytes;
  }

  /** Drops the events so far; what follows is linked to them for those that are still behind. */
  void forget() {
    for (long index = beforeOldest.index + 1; index <= newest.index; index++) {
      take(index).forgotten = true;
    }
    beforeOldest = new Recent(newest.revision, newest.index, newest.endByte);
  }

  /** The last link. Any thread. */
  Recent newest() {
    return newest;
  }

  /** The JSON of an event: cached from its push, or encoded again. */
  EventJson json(SequencedEvent event) {
    Recent recent = upTo(event.revision());
    boolean cached = recent != null && recent.happened != null && recent.happened.event() == event;
    return cached ? recent.json : EventJson.of(event);
  }

  /**
   * The last link at or before {@code revision}, or null if events after it are forgotten. Takes
   * some comparisons only, wherever that is.
   */
  Recent upTo(long revision) {
    if (beforeOldest.revision > revision) {
      return null;
    }
    long low = beforeOldest.index;
    long high = newest.index;
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (events[slot(middle)].revision <= revision) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low == beforeOldest.index ? beforeOldest : events[slot(low)];
  }
}
