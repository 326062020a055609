package org.lesbillets.cli.client.retry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.Connector;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.model.message.ClientConnection;

/**
 * At most one connection at a time, replaced after it failed. The pauses between attempts are
 * full-jitter {@link Backoff}; each ends early when another connection with the same settings
 * succeeds, so that one success reconnects all. Handshakes are numbered, so that the server knows a
 * late one.
 *
 * <pre>
 *          open              accepted           lost, drop
 *   DOWN ---------> CONNECTING ---------> UP ----------------> DOWN
 *    ^                  | failed
 *    +---- PAUSING <----+
 *          elapsed | wake | success elsewhere
 * </pre>
 *
 * <p>Belongs to one thread, but for {@link #client}, {@link #wake} and {@link #probe}.
 */
public final class ReconnectingConnection
    implements RetryingCall.Connection, Sleeper, AutoCloseable {
  private final ClientSettings settings;

  /** Ends a pause, the present one or else the next; guarded by this. */
  private boolean woken;

  /** Null until it is needed: a command that succeeds at once never waits. */
  private Backoff backoff;

  private volatile TicketClient client;
  private ServerAddress server;
  private ClientConnection number;
  private boolean replaces;
  private long attemptNanos = System.nanoTime();
  private long notBeforeNanos = attemptNanos;

  public ReconnectingConnection(ClientSettings settings) {
    this(settings, null);
  }

  /**
   * @param backoff null for one whose pauses differ from every other client's
   */
  public ReconnectingConnection(ClientSettings settings, Backoff backoff) {
    this.settings = settings;
    this.number = new ClientConnection(StrongRandom.uuid(), 0);
    this.backoff = backoff;
  }

  /** The present connection, perhaps lost already; null if there is none. From any thread. */
  public TicketClient client() {
    return client;
  }

  /** The server of the latest connection. */
  public ServerAddress server() {
    return server;
  }

  public boolean isOpen() {
    return client != null && client.isOpen();
  }

  /**
   * The present connection, or a new one. For a sender that checks {@link #notBeforeNanos} first: a
   * failure, and a connection that replaces a lost one, postpone the next attempt.
   *
   * @throws ConnectionException if none can be made in time
   */
  @Override
  public TicketClient open(Duration patience) {
    if (!isOpen()) {
      boolean again = replaces || client != null;
      boolean up = false;
      try {
        open(patience, PushListener.NONE);
        up = true;
      } finally {
        // A connection that is lost as soon as it is made must not be replaced without a pause.
        if (!up || again) {
          nextPause();
        }
        replaces = false;
      }
    }
    return client;
  }

  /**
   * A new connection in place of the present one.
   *
   * @param pushes takes messages that answer no request
   * @throws ConnectionException if none can be made in time
   */
  public TicketClient open(Duration patience, PushListener pushes) {
    drop();
    attemptNanos = System.nanoTime();
    number = number.next();
    TicketClient open = new Connector(settings.of(number), patience, pushes).connect();
    server = open.server();
    client = open;
    return open;
  }

  /** The time limit for connecting: short in the first minutes, since other attempts follow. */
  public Duration patience() {
    return backoff().patience(settings.timeout());
  }

  /** How many attempts have failed since the last success. */
  public int failures() {
    return backoff == null ? 0 : backoff.attempts();
  }

  /** Resets the backoff, after an answer. */
  public void works() {
    if (failures() > 0) {
      backoff.reset();
    }
  }

  /** When the next connection may be made. */
  public long notBeforeNanos() {
    return notBeforeNanos;
  }

  /** The pause after the attempt that failed; part of it passed while the attempt lasted. */
  public Duration nextPause() {
    long now = System.nanoTime();
    Duration pause = backoff().next(Duration.ofNanos(now - attemptNanos));
    notBeforeNanos = now + pause.toNanos();
    return pause;
  }

  private Backoff backoff() {
    if (backoff == null) {
      backoff = Backoff.unpredictable();
    }
    return backoff;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  /** Waits so long, or until {@link #wake}, or until a server answers another connection. */
  @Override
  public void sleep(Duration pause) throws InterruptedException {
    long began = System.nanoTime();
    settings.signal().await(() -> awaitWake(began + pause.toNanos()), this::wake);
    if (System.nanoTime() - began > 2 * Backoff.LONGEST_LATER.toNanos()) {
      // This process was stopped, so that its knowledge of the server is stale.
      works();
    }
  }

  private synchronized void awaitWake(long untilNanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long left = untilNanos - System.nanoTime();
    while (!woken && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = untilNanos - System.nanoTime();
    }
    woken = false;
  }

  /** Ends the present pause, or else the next one; from any thread. */
  public synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** As {@link TicketClient#probe}, where there is a connection; from any thread. */
  public void probe() {
    TicketClient open = client;
    if (open != null) {
      open.probe();
    }
  }

  /** Ends the present connection, so that another is made. */
  @Override
  public void drop() {
    TicketClient open = client;
    if (open != null) {
      client = null;
      replaces = true;
      open.close();
    }
  }

  /** Ends the present connection; another may be opened all the same. */
  @Override
  public void close() {
    drop();
  }
}
