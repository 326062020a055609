package org.lesbillets.cli.tui.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.lesbillets.cli.client.lock.LeaseKeeper;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.state.LinkState;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * The asynchronous ticket service of the live view. Any thread may call, and only {@link #close}
 * blocks. Futures complete on threads of the service, whose dependents must not block; they fail
 * with a {@code RejectedException} when the server refuses and a {@code ConnectionException} when
 * it cannot be asked, and the message of either is a sentence for people.
 */
public interface AsyncTicketService extends AutoCloseable {
  /** The time limit of a lease that this program renews: how long a dead client blocks others. */
  Duration LEASE = Duration.ofSeconds(30);

  /** The client name in the locks of the live view. */
  String CLIENT = "tui";

  /**
   * The terms of a lock that is renewed, as by {@link #keep}.
   *
   * @param note the reason shown to others, or null
   */
  static LockTerms leased(String note) {
    return new LockTerms(LEASE, note, CLIENT);
  }

  /**
   * Starts the watch of all tickets, once for each service. It reconnects until {@link #close}.
   *
   * @param listener is called on the watch's thread, one call at a time. It may block until it is
   *     interrupted, as {@link #close} does: that is back-pressure, and a server that is blocked
   *     too long cuts the connection, which is resumed
   */
  void watch(Consumer<WatchEvent> listener);

  /**
   * Connects now, if there is no connection, without the rest of the backoff. A connection that is
   * silent is cut at once.
   */
  void reconnect();

  /**
   * When the last bytes arrived on the watch's connections, on the clock of {@link
   * System#nanoTime}; before the first, when the service was made. A live connection delivers bytes
   * at least every {@link LinkState#PULSE}.
   */
  long lastReceivedNanos();

  /**
   * Makes a change, in FIFO order with all others. BUSY, UNCERTAIN, lost answers and a server that
   * is away are retried, under one operation id (idempotency key), until the timeout.
   *
   * @param change its request id is replaced; an operation id is given to it if it has none
   * @return the event it made
   */
  CompletableFuture<EventMessage> change(ClientMessage.Change change);

  /**
   * One ticket with its newest comments and, on request, events. Asked over the watch's connection
   * and completed on its thread: it includes every event passed to {@link #watch} before, and may
   * include later ones. Fails at once without a connection.
   *
   * @param cursor where the page begins
   */
  CompletableFuture<TicketDetails> details(TicketRef ticket, boolean history, DetailsCursor cursor);

  /**
   * Takes a lock with the lease of an editor, in FIFO order with the changes, and renews it. Fails
   * when it is refused, also when the same agent holds the lock elsewhere.
   *
   * @param note the reason shown to others, or null
   */
  CompletableFuture<HeldLease> hold(TicketRef ticket, String note, LeaseKeeper.Listener lost);

  /**
   * Renews a lock that was just taken, claimed, stolen or waited for.
   *
   * @param granted the event that granted it; the request should have had the terms of {@link
   *     #leased}
   */
  HeldLease keep(EventMessage granted, LeaseKeeper.Listener lost);

  /**
   * Waits for a lock in the wait queue of the server.
   *
   * @param lock the lock, and how long to wait for it
   * @param listener called on the thread of the wait
   * @return leaves the queue: no callback follows unless one is under way, and a lock that is
   *     granted at the same moment is released. Any thread; safe to run again
   */
  Runnable waitForLock(ClientMessage.LockTicket lock, LockWaitListener listener);

  /**
   * Leaves all wait queues, completes the queued changes, releases the leases, and ends threads and
   * connections. Takes about a second at most: what is not done by then is given up, and leases
   * expire.
   */
  @Override
  void close();
}
