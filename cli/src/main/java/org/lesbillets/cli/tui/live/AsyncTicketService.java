package org.lesbillets.cli.tui.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.lesbillets.cli.client.lock.LeaseKeeper;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.state.Link;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * The desk as the live view uses it: any thread may call, and nothing but {@link #close} blocks its
 * caller. What a method gives completes on a thread of the desk, whose dependents must not wait; it
 * fails with a {@code RejectedException} when the server refuses and a {@code ConnectionException}
 * when it cannot be asked, and the message of either is a sentence for people.
 */
public interface AsyncTicketService extends AutoCloseable {
  /** How long a lease lasts that this program renews: what a dead client costs the others. */
  Duration LEASE = Duration.ofSeconds(30);

  /** What the locks of the live view say holds them. */
  String CLIENT = "tui";

  /**
   * The terms of a lock that is to be kept renewed, as by {@link #keep}.
   *
   * @param note why it is held, or null
   */
  static LockTerms leased(String note) {
    return new LockTerms(LEASE, note, CLIENT);
  }

  /**
   * Begins to watch everything, once in the life of a desk; it goes on until {@link #close},
   * whatever becomes of the connections.
   *
   * @param listener is called on the watch's thread, one call at a time. It may block until it is
   *     interrupted, as {@link #close} does: then less is read, and a server that is held up too
   *     long cuts the connection, which is resumed
   */
  void watch(Consumer<WatchEvent> listener);

  /**
   * Tries to connect now, if there is no connection, instead of later or never. A connection that
   * is silent is cut at once.
   */
  void reconnect();

  /**
   * When the server was last heard of over the watch's connections, on the clock of {@link
   * System#nanoTime}; before that, when the desk was made. A live connection is heard at least
   * every {@link Link#PULSE}.
   */
  long heardAtNanos();

  /**
   * Makes a change, behind those that were asked for before. BUSY, UNCERTAIN, lost answers and a
   * server that is away are tried again, under one operation id, until the timeout.
   *
   * @param change its request id is replaced; an operation id is given to it if it has none
   * @return the event it made
   */
  CompletableFuture<EventMessage> change(ClientMessage.Change change);

  /**
   * One ticket with its newest comments and, if asked, events. Asked over the watch's connection
   * and completed on its thread: what {@link #watch} told before is in it. What is told later may
   * be in it, too. Fails at once when there is no connection.
   *
   * @param before only comments and events below this revision; null for the newest
   */
  CompletableFuture<TicketDetails> details(TicketRef ticket, boolean history, Long before);

  /**
   * Takes the short lock of an editor, in the order of {@link #change}, and keeps it renewed. Fails
   * when it is refused: also when the same agent holds the lock elsewhere.
   *
   * @param note why it is held, or null
   * @param lost called on the keeper's thread; not for a server that is away, nor after {@link
   *     HeldLease#release}
   */
  CompletableFuture<HeldLease> hold(TicketRef ticket, String note, LeaseKeeper.Listener lost);

  /**
   * Keeps a lock renewed that was just taken, claimed, stolen or waited for.
   *
   * @param granted the event that granted it, on the terms of {@link #leased}
   * @param lost as for {@link #hold}
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
  Runnable waitInLine(ClientMessage.LockTicket lock, LockWaitListener listener);

  /**
   * Leaves all wait queues, makes the changes that were asked for, releases the leases, and ends
   * threads and connections. Takes at most about a second: what is not done by then is left, and
   * locks end by themselves.
   */
  @Override
  void close();
}
