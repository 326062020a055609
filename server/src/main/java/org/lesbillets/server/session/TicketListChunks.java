package org.lesbillets.server.session;

import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.wire.AllTicketsParts;
import org.lesbillets.server.desk.Snapshot;

/** The answer to a list that is not watched. A worker's thread; holds the tickets it lists. */
final class TicketListChunks implements ChunkSource {
  private final GetTickets request;
  private final Snapshot snapshot;
  private final WatchEffect effect;
  private final SessionReader reader;
  private AllTicketsParts parts;

  private TicketListChunks(
      GetTickets request, Snapshot snapshot, WatchEffect effect, SessionReader reader) {
    this.request = request;
    this.snapshot = snapshot;
    this.effect = effect;
    this.reader = reader;
  }

  /** A list that leaves the watch as it is. */
  static TicketListChunks plain(GetTickets request, Snapshot snapshot, SessionReader reader) {
    return new TicketListChunks(request, snapshot, WatchEffect.NONE, reader);
  }

  /** A list that ends the watch. */
  static TicketListChunks endingWatch(GetTickets request, Snapshot snapshot, SessionReader reader) {
    return new TicketListChunks(request, snapshot, WatchEffect.ENDS, reader);
  }

  @Override
  public WatchEffect effect() {
    return effect;
  }

  @Override
  public Chunk next() {
    if (parts == null) {
      parts = reader.list(request, snapshot, false);
    }
    if (!parts.hasNext()) {
      return null;
    }
    Chunk part = Chunk.of(WebSocketFrames.text(parts.next()));
    if (!parts.hasNext()) {
      reader.session().answered();
    }
    return part;
  }
}
