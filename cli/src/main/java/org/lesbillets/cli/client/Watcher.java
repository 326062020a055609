package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Welcome;
import org.lesbillets.model.query.TicketQuery;

/**
 * Watches for ever: connects, resumes after every loss, drops what came twice, and asks again where
 * something is missing. Runs on the thread that calls {@link #run}; so do the listener's methods.
 * At most 1,024 events wait for the listener; then nothing more is read.
 */
public final class Watcher {

  /** Hears of a watch, on the thread that runs it, one call at a time. */
  public interface Listener {
    /** A connection has come about; nothing else has come over it yet. */
    default void onWelcome(ServerAddress server, Welcome welcome) {}

    /** The next event; each once, in order, and none between the parts of a snapshot. */
    void onEvent(EventMessage event);

    /** All tickets that match, or some of them, as they come. */
    void onPart(SnapshotPart part);

    void onState(ConnectionState state);
  }

  private final ClientSettings settings;
  private final WatchProgress progress;
  private final Listener listener;
  private final Backoff backoff;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile WatchConnection connection;

  /**
   * @param settings their timeout bounds each attempt to connect; the connection is kept alive
   * @param query null for all tickets
   */
  public Watcher(ClientSettings settings, TicketQuery query, WatchStart start, Listener listener) {
    this(settings, new WatchProgress(query, start), listener, Backoff.unpredictable());
  }

  Watcher(ClientSettings settings, WatchProgress progress, Listener listener, Backoff backoff) {
    this.settings = settings.keepAlive() == null ? settings.keepingAlive() : settings;
    this.progress = progress;
    this.listener = listener;
    this.backoff = backoff;
  }

  /**
   * Watches until {@link #stop}, or until its thread is interrupted. What a listener throws ends
   * the watch and comes out here.
   *
   * @throws ConnectionException UNAUTHORIZED, FORBIDDEN or PROTOCOL: what trying again does not
   *     heal
   * @throws RejectedException if the server refuses the watch for good (a query it cannot read)
   */
  public void run() {
    try {
      while (!isStopped()) {
        listener.onState(new ConnectionState.Connecting(backoff.attempts() + 1));
        String cause = watchOnce();
        if (!isStopped()) {
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
    stopped.countDown();
    WatchConnection open = connection;
    if (open != null) {
      open.close();
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** One connection from its beginning to its end; gives why it ended. */
  private String watchOnce() throws InterruptedException {
    try (WatchConnection open = new WatchConnection(settings, progress, listener, backoff::reset)) {
      connection = open;
      // A stop that came before this line found no connection to close.
      return isStopped() ? null : open.watch();
    } catch (ConnectionException e) {
      if (isFinal(e.kind()) && !isStopped()) {
        throw e;
      }
      return e.getMessage();
    } finally {
      connection = null;
    }
  }

  private static boolean isFinal(ConnectionException.Kind kind) {
    return switch (kind) {
      case UNAUTHORIZED, FORBIDDEN, PROTOCOL -> true;
      case UNREACHABLE, TIMEOUT, LOST -> false;
    };
  }

  private void pause(String cause) throws InterruptedException {
    Duration wait = backoff.next();
    listener.onState(new ConnectionState.Reconnecting(backoff.attempts() + 1, wait, cause));
    stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
  }
}
