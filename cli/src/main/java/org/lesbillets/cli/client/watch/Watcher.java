package org.lesbillets.cli.client.watch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.lesbillets.cli.client.AnswerFailures;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.message.ServerMessage.TicketMatch;
import org.lesbillets.model.message.ServerMessage.Welcome;
import org.lesbillets.model.query.TicketQuery;

/**
 * An endless watch: it reconnects with backoff after every loss, resumes from its position in the
 * journal, drops duplicates, and asks again where the chain of revisions has a gap.
 *
 * <pre>
 *             connected           answered           lost
 *   CONNECTING --------> LOADING ----------> LIVE ----------> PAUSING --backoff--> CONNECTING
 *       | failed            ^                 | gap              ^
 *       |                   +-----------------+                  |
 *       +--------------------------------------------------------+      stop: CLOSED, from any
 * </pre>
 *
 * <p>Runs on the thread that calls {@link #run}; so do the listener's methods. At most 1,024 events
 * wait for the listener; then nothing more is read (back-pressure).
 */
public final class Watcher {

  /** Callbacks of a watch, on the thread that runs it, one at a time. */
  public interface Listener {
    /** A connection is up; called before anything else that arrives over it. */
    default void onWelcome(ServerAddress server, Welcome welcome) {}

    /** The next event; each once, in order, and none between the parts of a snapshot. */
    void onEvent(EventMessage event);

    /** All tickets that match, or some of them, as they arrive. */
    void onPart(SnapshotPart part);

    void onState(ConnectionState state);

    /**
     * Everything up to here was passed on, or does not concern the watch: called when it has
     * resumed, behind the last part of a snapshot, and when the server says so between events.
     */
    default void onPosition(ResumePoint at) {}

    /** Time alone has changed the match of a ticket; for watches whose query mentions time. */
    default void onMatch(TicketMatch match) {}

    /** Nothing further has arrived yet. */
    default void onCaughtUp() {}
  }

  private final ClientSettings settings;
  private final WatchProgress progress;
  private final Listener listener;
  private final ReconnectingConnection connection;

  private volatile boolean stopped;
  private volatile WatchConnection watching;
  private volatile long lastReceivedNanos = System.nanoTime();

  /**
   * @param settings their timeout bounds each attempt to connect; the connection is kept alive
   * @param query null for all tickets
   */
  public Watcher(ClientSettings settings, TicketQuery query, WatchStart start, Listener listener) {
    this(settings, new WatchProgress(query, start), listener, null);
  }

  Watcher(ClientSettings settings, WatchProgress progress, Listener listener, Backoff backoff) {
    this.settings = settings.keepAlive() == null ? settings.keepingAlive() : settings;
    this.progress = progress;
    this.listener = listener;
    this.connection = new ReconnectingConnection(this.settings, backoff);
  }

  /**
   * Watches until {@link #stop}, or until its thread is interrupted. An exception of a listener
   * ends the watch and is thrown here. After a failure it may be run again, and resumes.
   *
   * @throws ConnectionException UNAUTHORIZED, FORBIDDEN, STRANGER or PROTOCOL: what no retry heals
   * @throws RejectedException if the server refuses the watch for good (a query it cannot read)
   */
  public void run() {
    try {
      while (!stopped) {
        listener.onState(new ConnectionState.Connecting(connection.failures() + 1));
        String cause = watchOnce();
        if (!stopped) {
          pause(cause);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listener.onState(new ConnectionState.Closed());
  }

  /** Ends {@link #run} soon, from any thread; before it runs, it ends at once. */
  public void stop() {
    stopped = true;
    connection.wake();
    WatchConnection open = watching;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Makes the next attempt to connect without a wait; a connection that is silent is closed at
   * once, any other when it does not answer within two seconds. From any thread.
   */
  public void hurry() {
    connection.wake();
    connection.probe();
  }

  /**
   * When bytes last arrived, be it only a pong, on the clock of {@link System#nanoTime}; before
   * that, when this was made. From any thread.
   */
  public long lastReceivedNanos() {
    TicketClient open = connection.client();
    return open == null ? lastReceivedNanos : open.idle().lastReceivedNanos();
  }

  /**
   * Asks for one ticket over the present connection; from any thread, without blocking. Events that
   * the listener got before it completes are in it; later ones may be.
   *
   * @param cursor where the page begins
   * @return fails with RejectedException, or with ConnectionException: at once when there is no
   *     connection, and when there is no answer within the settings' timeout
   */
  public CompletableFuture<TicketDetails> details(
      TicketRef ticket, boolean history, DetailsCursor cursor) {
    TicketClient open = connection.client();
    if (open == null) {
      return CompletableFuture.failedFuture(AnswerFailures.notConnected());
    }
    GetTicket request = new GetTicket(open.nextRequestId(), ticket, history, cursor, null);
    return new DetailsRequest(open, request, settings.timeout()).send();
  }

  /** Watches over one connection until that ends; gives the cause. */
  private String watchOnce() throws InterruptedException {
    try (WatchConnection open = new WatchConnection(settings, progress, listener, connection)) {
      watching = open;
      // A stop before this line found no connection to close.
      return stopped ? null : open.watch();
    } catch (ConnectionException e) {
      if (!e.kind().isTransient() && !stopped) {
        throw e;
      }
      return e.getMessage();
    } finally {
      lastReceivedNanos = lastReceivedNanos();
      watching = null;
      connection.drop();
    }
  }

  private void pause(String cause) throws InterruptedException {
    Duration wait = connection.nextPause();
    listener.onState(new ConnectionState.Reconnecting(connection.failures() + 1, wait, cause));
    if (!stopped) {
      connection.sleep(wait);
    }
  }
}
