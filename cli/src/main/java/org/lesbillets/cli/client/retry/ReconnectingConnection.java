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
 * At most one connection at a time, of its own or a {@link SharedConnection}, replaced after it
 * failed. The pauses between attempts are full-jitter {@link Backoff}; each ends early when another
 * connection with the same settings succeeds, so that one success reconnects all. Handshakes are
 * numbered, so that the server knows a late one.
 *
 * <pre>
 *          open              accepted           lost, drop
 *   DOWN ---------> CONNECTING ---------> UP ----------------> DOWN
 *    ^                  | failed
 *    +---- PAUSING <----+
 *          elapsed | wake | success elsewhere
 * </pre>
 *
 * <p>Belongs to one thread, but for {@link #client}, {@link #wake}, {@link #probe} and {@link
 * #leave}.
 */
public final class ReconnectingConnection
    implements RetryingCall.Connection, Sleeper, AutoCloseable {
  private final ClientSettings settings;

  /** Null for a connection of its own. */
  private final SharedConnection shared;

  /** Ends a pause, the present one or else the next; guarded by this. */
  private boolean woken;

  /** Null until it is needed: a command that succeeds at once never waits. */
  private Backoff backoff;

  private volatile TicketClient client;
  private volatile PushListener pushes = PushListener.NONE;
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
    this(settings, backoff, null);
  }

  ReconnectingConnection(ClientSettings settings, Backoff backoff, SharedConnection shared) {
    this.settings = settings;
    this.shared = shared;
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
    TicketClient present = client;
    return present != null && present.isOpen();
  }

  /** Whether other threads use the same connection, so that it is not this user's to close. */
  public boolean isShared() {
    return shared != null;
  }

  public ClientSettings settings() {
    return settings;
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
   * A new connection in place of the present one; of a shared one that which is open, if any.
   *
   * @param pushes takes messages that answer no request
   * @throws ConnectionException if none can be made in time
   */
  public TicketClient open(Duration patience, PushListener pushes) {
    leave();
    attemptNanos = System.nanoTime();
    this.pushes = pushes;
    TicketClient open = shared == null ? connect(patience, pushes) : shared.join(patience, pushes);
    server = open.server();
    client = open;
    return open;
  }

  private TicketClient connect(Duration patience, PushListener pushes) {
    number = number.next();
    return new Connector(settings.of(number), patience, pushes).connect();
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
    if (shared != null) {
      shared.works();
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
  public void wake() {
    synchronized (this) {
      woken = true;
      notifyAll();
    }
    if (shared != null) {
      shared.wake();
    }
  }

  /** As {@link TicketClient#probe}, where there is a connection; from any thread. */
  public void probe() {
    TicketClient open = client;
    if (open != null) {
      open.probe();
    }
  }

  /**
   * Ends the present connection after a failure, so that another is made; a shared one only if the
   * server does not answer a ping in time.
   */
  @Override
  public void drop() {
    TicketClient open = client;
    leave();
    if (open != null && shared != null) {
      open.probe();
    }
  }

  /** No longer uses the present connection: ends it, unless others share it. From any thread. */
  public void leave() {
    TicketClient open = client;
    client = null;
    if (shared != null) {
      shared.leave(pushes);
    } else if (open != null) {
      replaces = true;
      open.close();
    }
  }

  /** As {@link #leave}; another may be opened all the same. */
  @Override
  public void close() {
    leave();
  }
}
