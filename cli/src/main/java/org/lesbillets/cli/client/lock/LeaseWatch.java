package org.lesbillets.cli.client.lock;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.retry.SharedConnection;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.WaitableChange;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;

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

  /** Held by the thread whose request for the watch of all is not answered yet. */
  private final ReentrantLock asking = new ReentrantLock();

  /** Guarded by this, as what follows. */
  private int leases;

  /** The connection whose watch was answered; null for none. */
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

  /**
   * Shows a lease, and has its ticket watched from then on. Where several are kept, one keeper asks
   * for the watch, and the others look when it stands: a second one would end the first, and with
   * it the events that it has not sent yet.
   *
   * @return whether it is shown as held
   * @throws ConnectionException if there is no answer in time
   */
  boolean show(TicketClient open, LeaseInquiry lease) {
    if (single) {
      boolean ours = lease.isShownAsOurs(open, lease.requests().watch(open.nextRequestId()));
      watching(open);
      return ours;
    }
    if (!isWatched(open)) {
      lease.await(asking, open);
      try {
        if (!isWatched(open)) {
          boolean ours = lease.isShownAsOurs(open, LeaseRequests.watchHeld(open.nextRequestId()));
          watching(open);
          return ours;
        }
      } finally {
        asking.unlock();
      }
    }
    return lease.isShownAsOurs(open, lease.requests().look(open.nextRequestId()));
  }

  private synchronized boolean isWatched(TicketClient open) {
    return watched == open;
  }

  private synchronized void watching(TicketClient open) {
    watched = open;
  }

  /** Ends the watch if no lease is kept, so that a wait costs nothing; does not block. */
  synchronized void endIfIdle() {
    if (leases == 0 && watched != null && watched.isOpen()) {
      watched.send(LeaseRequests.watchNothing(watched.nextRequestId()));
      watched = null;
    }
  }

  /**
   * A wait has ended. A lock that is granted to one without an answer would never be renewed: the
   * connection is closed, or, where others share it and the server has confirmed the end, such a
   * lock is released.
   *
   * @param left the answer to the request to leave the queue; null for none
   */
  void ended(
      WaitableChange wanted,
      TicketClient client,
      CompletableFuture<Answer> promise,
      CompletableFuture<Answer> left) {
    if (promise.isDone()) {
      return;
    }
    if (shared == null || left == null || !left.isDone() || left.isCompletedExceptionally()) {
      client.close();
      return;
    }
    GiveBack giveBack = wanted instanceof LockTicket ? null : GiveBack.UNTRIED;
    promise.thenAccept(
        late -> {
          if (late instanceof EventMessage granted) {
            LeaseRequests lease = new LeaseRequests(Lease.of(granted));
            client.send(lease.release(client.nextRequestId(), giveBack));
          }
        });
  }
}
