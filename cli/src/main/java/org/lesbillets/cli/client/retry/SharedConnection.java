package org.lesbillets.cli.client.retry;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.cli.text.Durations;
import org.lesbillets.model.message.ServerMessage.Push;

/**
 * One connection that several threads use, each through a {@link #use} of its own. After a loss one
 * of them connects (single-flight), and the others get what comes of that; attempts are full-jitter
 * {@link Backoff} apart, however many wait. Thread-safe; at most one connection, and one listener
 * for each use.
 */
public final class SharedConnection implements AutoCloseable {
  /** The least number of attempts in the time for the first connection. */
  private static final int ATTEMPTS = 4;

  private final ClientSettings settings;
  private final Set<PushListener> listeners = new CopyOnWriteArraySet<>();

  /** Held by the thread that connects. */
  private final ReentrantLock connecting = new ReentrantLock();

  /** Guarded by {@link #connecting}, as what follows, but for its methods for any thread. */
  private final ReconnectingConnection connection;

  private boolean connected;
  private ConnectionException failure;

  /** How many attempts have failed. */
  private volatile int failures;

  private volatile boolean closed;

  public SharedConnection(ClientSettings settings) {
    this.settings = settings.keepingAlive(KeepAlive.PATIENT);
    this.connection = new ReconnectingConnection(this.settings);
  }

  /** Access for one more thread, which ends it by leaving. */
  public ReconnectingConnection use() {
    return new ReconnectingConnection(settings, null, this);
  }

  /**
   * The present connection, or a new one.
   *
   * @param pushes takes messages that answer no request, until it {@linkplain #leave leaves}
   * @throws ConnectionException if there is none in time
   */
  TicketClient join(Duration patience, PushListener pushes) {
    if (pushes != PushListener.NONE) {
      listeners.add(pushes);
    }
    TicketClient present = present();
    return present == null ? reconnected(patience) : present;
  }

  /** Null unless it is open. */
  private TicketClient present() {
    TicketClient present = connection.client();
    return present != null && present.isOpen() ? present : null;
  }

  private TicketClient reconnected(Duration patience) {
    int before = failures;
    long start = System.nanoTime();
    try {
      if (!connecting.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw notYet(patience);
      }
      try {
        TicketClient present = present();
        if (present != null) {
          return present;
        }
        if (failures != before) {
          throw new ConnectionException(failure.kind(), failure.getMessage(), failure);
        }
        return connect(patience.minusNanos(System.nanoTime() - start));
      } finally {
        connecting.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notYet(patience);
    }
  }

  private ConnectionException notYet(Duration patience) {
    return new ConnectionException(
        Kind.UNREACHABLE,
        settings.servers().get(0)
            + " cannot be reached within "
            + Durations.inSentence(patience)
            + (failure == null ? "" : ": " + failure.getMessage()));
  }

  private TicketClient connect(Duration patience) throws InterruptedException {
    long start = System.nanoTime();
    Duration pause = Duration.ofNanos(Math.max(0, connection.notBeforeNanos() - start));
    if (!pause.isZero()) {
      connection.sleep(Backoff.shorter(pause, patience));
    }
    Duration left = patience.minusNanos(System.nanoTime() - start);
    if (closed || !RetryPolicy.allowsAttempt(left)) {
      throw notYet(patience);
    }
    try {
      // A server may die in a handshake, also in the first one: time is left for another attempt.
      Duration share = connected ? Duration.ZERO : left.dividedBy(ATTEMPTS);
      Duration limit = Backoff.shorter(Backoff.longer(connection.patience(), share), left);
      TicketClient open = connection.open(limit, new Pushes());
      if (connected) {
        // One that is lost as soon as it is made must not be replaced without a pause.
        connection.nextPause();
      }
      connected = true;
      if (closed) {
        open.close();
      }
      return open;
    } catch (ConnectionException e) {
      connection.nextPause();
      failure = e;
      failures++;
      throw e;
    }
  }

  void leave(PushListener pushes) {
    listeners.remove(pushes);
  }

  /** A request was answered: resets the backoff, unless a thread connects. */
  void works() {
    if (connecting.tryLock()) {
      try {
        connection.works();
      } finally {
        connecting.unlock();
      }
    }
  }

  /** Ends the pause before the present attempt, or else before the next one. */
  void wake() {
    connection.wake();
  }

  /** Ends the connection; no other is made. */
  @Override
  public void close() {
    closed = true;
    connection.wake();
    TicketClient present = connection.client();
    if (present != null) {
      present.close();
    }
  }

  /** Hands pushes over to all that use it, on the I/O thread. */
  private final class Pushes implements PushListener {
    @Override
    public void onPush(Push message) {
      listeners.forEach(listener -> listener.onPush(message));
    }

    @Override
    public void onClosed(CloseNotice notice) {
      listeners.forEach(listener -> listener.onClosed(notice));
    }
  }
}
