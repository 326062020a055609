package org.lesbillets.cli.client.watch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.Sentences;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
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

  /** Ends a pause between two attempts. */
  private final Semaphore wake = new Semaphore(0);

  private volatile boolean stopped;
  private volatile WatchConnection connection;
  private volatile long heardAtNanos = System.nanoTime();

  /**
   * @param settings their timeout bounds each attempt to connect; the connection is kept alive
   * @param query null for all tickets
   */
  public Watcher(ClientSettings settings, TicketQuery query, WatchStart start, Listener listener) {
    this(settings, new WatchProgress(query, start), listener, Backoff.unpredictable());
  }

  public Watcher(
      ClientSettings settings, WatchProgress progress, Listener listener, Backoff backoff) {
    this.settings = settings.keepAlive() == null ? settings.keepingAlive() : settings;
    this.progress = progress;
    this.listener = listener;
    this.backoff = backoff;
  }

  /**
   * Watches until {@link #stop}, or until its thread is interrupted. What a listener throws ends
   * the watch and comes out here. After a failure it may be run again, and goes on.
   *
   * @throws ConnectionException UNAUTHORIZED, FORBIDDEN or PROTOCOL: what trying again does not
   *     heal
   * @throws RejectedException if the server refuses the watch for good (a query it cannot read)
   */
  public void run() {
    try {
      while (!stopped) {
        wake.drainPermits();
        listener.onState(new ConnectionState.Connecting(backoff.attempts() + 1));
        long began = System.nanoTime();
        String cause = watchOnce();
        if (!stopped) {
          pause(Duration.ofNanos(System.nanoTime() - began), cause);
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
    wake.release();
    WatchConnection open = connection;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Makes the next attempt to connect without a wait; a connection that is silent is closed at
   * once, any other when it does not answer within two seconds. From any thread.
   */
  public void hurry() {
    wake.release();
    TicketClient open = client();
    if (open != null) {
      open.probe();
    }
  }

  /**
   * When the server was last heard of, be it only a pong, on the clock of {@link System#nanoTime};
   * before that, when this was made. From any thread.
   */
  public long heardAtNanos() {
    TicketClient open = client();
    return open == null ? heardAtNanos : open.silence().heardAtNanos();
  }

  /**
   * Asks for one ticket over the present connection; from any thread, without waiting. What the
   * listener was told before it completes is in it; what it is told later may be.
   *
   * @param before only comments and events below this revision; null for the newest
   * @return fails with RejectedException, or with ConnectionException: at once when there is no
   *     connection, and when no answer comes within the settings' timeout
   */
  public CompletableFuture<TicketDetails> details(TicketRef ticket, boolean history, Long before) {
    TicketClient open = client();
    if (open == null) {
      return CompletableFuture.failedFuture(Sentences.notConnected());
    }
    GetTicket request = new GetTicket(open.nextRequestId(), ticket, history, before, null);
    return DetailsRequest.send(open, request, settings.timeout());
  }

  private TicketClient client() {
    WatchConnection open = connection;
    return open == null ? null : open.client();
  }

  /** One connection from its beginning to its end; gives why it ended. */
  private String watchOnce() throws InterruptedException {
    try (WatchConnection open = new WatchConnection(settings, progress, listener, backoff)) {
      connection = open;
      // A stop that came before this line found no connection to close.
      return stopped ? null : open.watch();
    } catch (ConnectionException e) {
      if (isFinal(e.kind()) && !stopped) {
        throw e;
      }
      return e.getMessage();
    } finally {
      heardAtNanos = heardAtNanos();
      connection = null;
    }
  }

  private static boolean isFinal(ConnectionException.Kind kind) {
    return switch (kind) {
      case UNAUTHORIZED, FORBIDDEN, PROTOCOL -> true;
      case UNREACHABLE, TIMEOUT, LOST -> false;
    };
  }

  private void pause(Duration took, String cause) throws InterruptedException {
    Duration wait = backoff.next(took);
    listener.onState(new ConnectionState.Reconnecting(backoff.attempts() + 1, wait, cause));
    long began = System.nanoTime();
    if (!stopped) {
      settings
          .signal()
          .await(() -> wake.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS), wake::release);
    }
    if (System.nanoTime() - began > 2 * Backoff.LONGEST_LATER.toNanos()) {
      // This process was stopped: what it knows of the server is old.
      backoff.reset();
    }
  }
}
