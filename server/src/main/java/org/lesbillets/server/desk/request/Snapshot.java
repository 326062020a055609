package org.lesbillets.server.desk.request;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.wire.EncodedTickets;
import org.lesbillets.server.desk.index.LockTimes;

/**
 * All tickets at one revision. Immutable; shared by all requests between two events.
 *
 * @param tickets in the order of their creation, locks settled
 * @param revision of the last event it holds
 * @param at when it was taken, on the wall clock
 * @param encodings of its tickets, shared with the snapshots before and after it
 */
public record Snapshot(List<Ticket> tickets, long revision, Instant at, EncodedTickets encodings) {
  /** A snapshot that shares no encodings. */
  public Snapshot(List<Ticket> tickets, long revision, Instant at) {
    this(tickets, revision, at, new EncodedTickets());
  }

  /** What sessions read of the desk. Any thread. */
  public interface Source {
    /** The remaining time of locks. */
    LockTimes lockTimes();

    /**
     * Takes a snapshot of all tickets, in turn with the requests of the requester. Does not block.
     *
     * @param to gets it on the updater's thread, behind the events it holds
     */
    void snapshot(Requester requester, Consumer<Snapshot> to);
  }
}
