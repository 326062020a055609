package org.lesbillets.server.session;

import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.wire.AllTicketsParts;
import org.lesbillets.server.desk.Snapshot;

/** The answer to a list that is not watched. A worker's thread; holds the tickets it lists. */
final class TicketListParts implements PartSource {
  private final GetTickets request;
  private final Snapshot snapshot;
  private final WatchEffect effect;
  private final ReadsOf reads;
  private AllTicketsParts parts;

  private TicketListParts(
      GetTickets request, Snapshot snapshot, WatchEffect effect, ReadsOf reads) {
    this.request = request;
    this.snapshot = snapshot;
    this.effect = effect;
    this.reads = reads;
  }

  /** A list that leaves the watch as it is. */
  static TicketListParts plain(GetTickets request, Snapshot snapshot, ReadsOf reads) {
    return new TicketListParts(request, snapshot, WatchEffect.NONE, reads);
  }

  /** A list that ends the watch. */
  static TicketListParts endingWatch(GetTickets request, Snapshot snapshot, ReadsOf reads) {
    return new TicketListParts(request, snapshot, WatchEffect.ENDS, reads);
  }

  @Override
  public WatchEffect effect() {
    return effect;
  }

  @Override
  public Part next() {
    if (parts == null) {
      parts = reads.list(request, snapshot, false);
    }
    if (!parts.hasNext()) {
      return null;
    }
    Part part = Part.of(WebSocketFrames.text(parts.next()));
    if (!parts.hasNext()) {
      reads.session().answered();
    }
    return part;
  }
}
