package org.lesbillets.cli.client.lock;

import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.retry.SharedConnection;
import org.lesbillets.model.message.ClientMessage.GetTickets;

/**
 * Where leases are kept: each over a connection of its own, or several over one, which then has one
 * watch for all of them, since a server allows no more: of the tickets that the agent holds, or of
 * the one ticket where only one lease is kept at a time. While none is kept and a claim waits there
 * is no watch. Thread-safe.
 */
public final class LeaseWatch {
  private final ClientSettings settings;

  /** Null for a connection for each. */
  private final SharedConnection shared;

  /** Whether one lease is kept at a time. */
  private final boolean single;

  /** Guarded by this, as what follows. */
  private int leases;

  /** The connection that has a watch; null for none. */
  private TicketClient watched;

  private LeaseWatch(ClientSettings settings, SharedConnection shared, boolean single) {
    this.settings = settings;
    this.shared = shared;
    this.single = single;
  }

  /** Of leases that have a connection each. */
  static LeaseWatch ofOne(ClientSettings settings) {
    return new LeaseWatch(settings, null, true);
  }

  /**
   * Of leases that share a connection.
   *
   * @param most how many are kept at a time, 1 or more
   */
  public static LeaseWatch of(SharedConnection shared, int most) {
    return new LeaseWatch(null, shared, most == 1);
  }

  /** A connection for one lease, or for one wait. */
  ReconnectingConnection connection() {
    return shared == null ? new ReconnectingConnection(settings) : shared.use();
  }

  synchronized void begun() {
    leases++;
  }

  synchronized void over() {
    leases--;
  }

  /** The request that shows a lease, and has its ticket watched from then on. */
  synchronized GetTickets request(TicketClient open, LeaseRequests lease) {
    String id = open.nextRequestId();
    if (single) {
      return lease.watch(id);
    }
    return watched == open ? lease.look(id) : LeaseRequests.watchHeld(id);
  }

  /** It was answered. */
  synchronized void watching(TicketClient open) {
    watched = open;
  }

  /** Ends the watch if no lease is kept, so that a wait costs nothing; does not block. */
  synchronized void endIfIdle() {
    if (leases == 0 && watched != null && watched.isOpen()) {
      watched.send(LeaseRequests.watchNothing(watched.nextRequestId()));
      watched = null;
    }
  }
}
