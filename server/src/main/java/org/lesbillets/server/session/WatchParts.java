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
final class WatchParts implements PartSource {
  private static final int CHUNK_EVENTS = 1_000;
  private static final long CHUNK_BYTES = 256 * 1024;

  private final GetTickets request;
  private final Snapshot snapshot;
  private final FilteredWatch filtered;
  private final ReadsOf reads;
  private AllTicketsParts list;
  private boolean begun;
  private boolean handedOver;
  private long caughtUpTo;

  /**
   * @param filtered the watch if it has a query, else null
   */
  WatchParts(GetTickets request, Snapshot snapshot, FilteredWatch filtered, ReadsOf reads) {
    this.request = request;
    this.snapshot = snapshot;
    this.filtered = filtered;
    this.reads = reads;
  }

  /** More catching up for a filtered watch that was told everything up to {@code revision}. */
  static WatchParts further(FilteredWatch filtered, long revision, ReadsOf reads) {
    WatchParts parts = new WatchParts(null, null, filtered, reads);
    parts.begun = true;
    parts.caughtUpTo = revision;
    return parts;
  }

  @Override
  public WatchEffect effect() {
    return request == null ? WatchEffect.NONE : WatchEffect.STARTS;
  }

  @Override
  public Part next() {
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
      list = reads.list(request, snapshot, request.since() != null);
    }
  }

  private boolean resumes(ResumePoint since) {
    return since != null
        && since.revision() <= snapshot.revision()
        && reads.services().damage().isReadableAfter(since.revision())
        && reads.journal().remembers(since);
  }

  private Part resumed() {
    reads.session().answered();
    return Part.of(
        reads.frame(
            new ServerMessage.Resumed(
                request.requestId(), reads.journal().journalId(), caughtUpTo)));
  }

  private Part listed() {
    Part part = Part.of(WebSocketFrames.text(list.next()));
    if (!list.hasNext()) {
      list = null;
      reads.session().answered();
    }
    return part;
  }

  private Part follow() {
    try {
      return filtered == null ? followLog() : followFiltered();
    } catch (JournalException e) {
      reads.services().damage().found(caughtUpTo, e);
      reads.session().end("the journal cannot be read after " + caughtUpTo);
      return null;
    }
  }

  private Part followLog() {
    long position = reads.log().positionAfter(caughtUpTo);
    return position >= 0 ? Part.live(position) : Part.of(missed());
  }

  private Part followFiltered() {
    if (handedOver || filtered.isEnded()) {
      return null;
    }
    if (caughtUpTo >= reads.log().headRevision()) {
      handedOver = true;
      reads.services().watches().register(filtered, caughtUpTo);
      return null;
    }
    return Part.of(missed());
  }

  /** The next events that were missed; never beyond what the log of frames has seen. */
  private byte[] missed() {
    long head = reads.log().headRevision();
    List<SequencedEvent> events =
        reads.journal().eventsAfter(caughtUpTo, CHUNK_EVENTS, CHUNK_BYTES);
    if (events.isEmpty()) {
      throw new JournalException(
          "no event after revision " + caughtUpTo + ", though the last is " + head);
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    Map<TicketId, Ticket> seen = new HashMap<>();
    for (SequencedEvent event : events) {
      if (event.revision() > head) {
        break;
      }
      add(frames, event, seen);
      caughtUpTo = event.revision();
    }
    return frames.toByteArray();
  }

  private void add(ByteArrayOutputStream frames, SequencedEvent event, Map<TicketId, Ticket> seen) {
    EventJson json = EventJson.of(reads.told(event));
    if (filtered == null) {
      WebSocketFrames.addText(frames, json.pushed());
      return;
    }
    Match match = match(event, seen);
    if (match != null) {
      WebSocketFrames.addText(frames, json.matched(match));
    }
  }

  private Match match(SequencedEvent event, Map<TicketId, Ticket> seen) {
    TicketId id = event.event().ticket().id();
    Ticket before =
        seen.containsKey(id)
            ? seen.get(id)
            : reads.journal().ticketAt(id, event.previousRevision()).orElse(null);
    Ticket after = whole(event.event().ticket(), before);
    seen.put(id, after);
    return filtered.match(before, after, reads.services().time().now());
  }

  /** Most events leave the description out: it is what it was before. */
  private static Ticket whole(Ticket ticket, Ticket before) {
    boolean told = ticket.content().description() != null || before == null;
    return told
        ? ticket
        : ticket.withContent(ticket.content().withDescription(before.content().description()));
  }
}
