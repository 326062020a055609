package org.lesbillets.server.session;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.AllTicketsParts;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.server.desk.Snapshot;
import org.lesbillets.server.journal.JournalException;

/**
 * The answer that starts a watch: a snapshot, or where it goes on; then what was missed, read from
 * the journal, until the log of frames (or, with a query, the updater) can take over.
 *
 * <p>A worker's thread. Pins nothing of the log meanwhile; holds the tickets it lists.
 */
final class CatchUp implements ChunkSource {
  private static final int CHUNK_EVENTS = 1_000;
  private static final long CHUNK_BYTES = 256 * 1024;

  /** The updater has more events than this at hand, and takes a watch that is so far behind. */
  private static final long NEAR_REVISIONS = 256;

  private final GetTickets request;
  private final Snapshot snapshot;
  private final FilteredWatch filtered;
  private final SessionReader reader;
  private AllTicketsParts list;
  private boolean begun;
  private boolean handedOver;

  /** Nothing at first: one the updater sent back has to come nearer before it goes there again. */
  private long near;

  private long caughtUpTo;

  /**
   * @param filtered the watch if it has a query, else null
   */
  CatchUp(GetTickets request, Snapshot snapshot, FilteredWatch filtered, SessionReader reader) {
    this.request = request;
    this.snapshot = snapshot;
    this.filtered = filtered;
    this.reader = reader;
  }

  /** More catching up for a filtered watch that was told everything up to {@code revision}. */
  static CatchUp further(FilteredWatch filtered, long revision, SessionReader reader) {
    CatchUp parts = new CatchUp(null, null, filtered, reader);
    parts.begun = true;
    parts.caughtUpTo = revision;
    return parts;
  }

  @Override
  public WatchEffect effect() {
    return request == null ? WatchEffect.NONE : WatchEffect.STARTS;
  }

  @Override
  public Chunk next() {
    if (!begun) {
      begun = true;
      begin();
      if (list == null) {
        return resumed();
      }
    }
    if (list != null) {
      return listed();
    }
    return follow();
  }

  private void begin() {
    if (resumes(request.since())) {
      caughtUpTo = request.since().revision();
    } else {
      caughtUpTo = snapshot.revision();
      list = reader.list(request, snapshot, request.since() != null);
    }
  }

  private boolean resumes(ResumePoint since) {
    if (since == null
        || since.revision() > snapshot.revision()
        || !reader.services().damage().isReadableAfter(since.revision())) {
      return false;
    }
    try {
      return reader.journal().remembers(since);
    } catch (JournalException e) {
      reader.services().damage().found(since.revision(), e);
      return false;
    }
  }

  private Chunk resumed() {
    reader.session().answered();
    return Chunk.of(
        reader.frame(
            new ServerMessage.Resumed(
                request.requestId(), reader.journal().journalId(), caughtUpTo)));
  }

  private Chunk listed() {
    Chunk part = Chunk.of(WebSocketFrames.text(list.next()));
    if (!list.hasNext()) {
      list = null;
      reader.session().answered();
    }
    return part;
  }

  private Chunk follow() {
    try {
      return filtered == null ? followLog() : followFiltered();
    } catch (JournalException e) {
      reader.services().damage().found(caughtUpTo, e);
      reader.session().end("the journal cannot be read after " + caughtUpTo);
      return null;
    }
  }

  private Chunk followLog() {
    long position = reader.log().positionAfter(caughtUpTo);
    return position >= 0 ? Chunk.live(position) : missed();
  }

  private Chunk followFiltered() {
    if (handedOver || filtered.isEnded()) {
      return null;
    }
    if (caughtUpTo >= reader.log().headRevision() - near) {
      handedOver = true;
      reader.services().watches().register(filtered, caughtUpTo);
      return null;
    }
    near = NEAR_REVISIONS;
    return missed();
  }

  /** The next events that were missed; never beyond what the log of frames has seen. */
  private Chunk missed() {
    long head = reader.log().headRevision();
    List<SequencedEvent> events =
        reader.journal().eventsAfter(caughtUpTo, CHUNK_EVENTS, CHUNK_BYTES);
    if (events.isEmpty()) {
      throw new JournalException(
          "no event after revision " + caughtUpTo + ", though the last is " + head);
    }
    if (events.get(0).previousRevision() > caughtUpTo) {
      reader.session().end("the journal has forgotten what comes after " + caughtUpTo);
      return null;
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    Map<TicketId, Ticket> seen = new HashMap<>();
    boolean told = true;
    for (SequencedEvent event : events) {
      if (event.revision() > head) {
        break;
      }
      told = add(frames, event, seen);
      caughtUpTo = event.revision();
    }
    if (!told) {
      frames.writeBytes(reader.frame(new ServerMessage.Position(caughtUpTo)));
    }
    return Chunk.of(frames.toByteArray());
  }

  /** Whether the peer is told of it at all. */
  private boolean add(
      ByteArrayOutputStream frames, SequencedEvent event, Map<TicketId, Ticket> seen) {
    EventJson json = EventJson.of(reader.withRemaining(event));
    if (filtered == null) {
      WebSocketFrames.addText(frames, json.pushed());
      return true;
    }
    Match match = match(event, seen);
    if (match != null) {
      WebSocketFrames.addText(frames, json.matched(match));
    }
    return match != null;
  }

  private Match match(SequencedEvent event, Map<TicketId, Ticket> seen) {
    TicketId id = event.event().ticket().id();
    Ticket before =
        seen.containsKey(id)
            ? seen.get(id)
            : reader.journal().ticketAt(id, event.previousRevision()).orElse(null);
    Ticket after = whole(event.event().ticket(), before);
    seen.put(id, after);
    return filtered.match(before, after, reader.services().time().now());
  }

  /** Most events leave the description out: it is what it was before. */
  private static Ticket whole(Ticket ticket, Ticket before) {
    boolean told = ticket.content().description() != null || before == null;
    return told
        ? ticket
        : ticket.withContent(ticket.content().withDescription(before.content().description()));
  }
}
