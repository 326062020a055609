package org.lesbillets.cli.client.lock;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.Sentences;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.retry.RetryPolicy;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.model.message.ClientMessage.CancelWait;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Takes a lock by waiting in the server's line, over as many connections as that takes: when one is
 * lost, the same operation is asked for again over another. Belongs to one thread, but for {@link
 * #cancel}; used once; holds at most one connection, and none afterwards. To end the process is to
 * give up, too: a server takes who disconnects out of the line.
 */
public final class LockWaiter {

  /** Hears how the wait goes, on the thread that waits. */
  public interface Listener {
    /** It takes longer than a moment; said once. */
    void waiting();

    /**
     * The server has not answered pings for some seconds, or does again. The place in line stays
     * until the connection is lost.
     */
    default void silent(ServerAddress server, boolean silent) {}

    /** The connection was lost, and the place in line with it; another is tried until it comes. */
    void lost();

    /** There is a connection again, and a place in line. */
    void back(ServerAddress server);
  }

  private static final Duration SOON = Duration.ofSeconds(1);

  /** Below it an attempt to connect has no chance. */
  private static final Duration LEAST = Duration.ofMillis(200);

  private final ClientSettings settings;
  private final LockTicket wanted;
  private final Listener listener;
  private final ReconnectingConnection connection;
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

  private UUID operation = StrongRandom.uuid();

  /** When it first tried to connect; from the first connection on, when the wait began. */
  private long start = System.nanoTime();

  private boolean connected;
  private boolean away;
  private boolean said;

  /**
   * @param settings their timeout is for connecting the first time, and never for the wait
   * @param wanted a lock, and how long to wait for it
   */
  public LockWaiter(ClientSettings settings, LockTicket wanted, Listener listener) {
    this(settings, wanted, listener, null);
  }

  LockWaiter(ClientSettings settings, LockTicket wanted, Listener listener, Backoff backoff) {
    this.settings =
        settings.keepAlive() == null ? settings.keepingAlive(KeepAlive.PATIENT) : settings;
    this.wanted = wanted;
    this.listener = listener;
    this.connection = new ReconnectingConnection(this.settings, backoff);
  }

  /**
   * Leaves the line, from any thread, without waiting: {@link #take} then ends soon. It may still
   * give a lock, if that was granted at the same moment.
   */
  public void cancel() {
    cancelled.complete(null);
    connection.wake();
  }

  /**
   * @return the event that granted it
   * @throws RejectedException TIMEOUT when the wait is over; else what the server refuses for good
   * @throws ConnectionException TIMEOUT if the wait is over and nobody answered; UNREACHABLE if no
   *     first connection came about in the settings' timeout; what trying again does not heal
   */
  public EventMessage take() {
    while (true) {
      RuntimeException trouble;
      try {
        EventMessage granted = ask();
        if (cancelled.isDone() || !granted.repeated() || !Lease.of(granted).left().isZero()) {
          return granted;
        }
        // It was ours while the answer was lost, and its time has run out since.
        operation = StrongRandom.uuid();
        continue;
      } catch (RejectedException | ConnectionException e) {
        if (!RetryPolicy.isTransient(e)) {
          throw e;
        }
        trouble = e;
      } finally {
        connection.drop();
      }
      pause(trouble);
    }
  }

  private EventMessage ask() {
    TicketClient client = connection.open(patience(), PushListener.NONE);
    begin();
    if (away) {
      listener.back(client.server());
      away = false;
    }
    LockTicket request = wanted.identified(client.nextRequestId(), operation);
    Answer answer = answer(client, request, client.send(request));
    connection.works();
    return ExpectedAnswer.of(client.server(), answer, EventMessage.class);
  }

  /** For one attempt to connect; the first connection takes nothing from the wait. */
  private Duration patience() {
    return connected
        ? Backoff.shorter(connection.patience(), left())
        : Backoff.longer(settings.timeout().minus(passed()), LEAST);
  }

  private void begin() {
    if (!connected) {
      connected = true;
      start = System.nanoTime();
    }
  }

  /** Waits for the answer; when the time is over, leaves the line and takes what comes of that. */
  private Answer answer(
      TicketClient client, LockTicket request, CompletableFuture<Answer> promise) {
    CompletableFuture<Object> either = CompletableFuture.anyOf(promise, cancelled);
    within(Backoff.shorter(SOON, left()), either, client);
    if (!either.isDone()) {
      sayThatItWaits();
      await(either, client);
    }
    Answer answer = within(Duration.ZERO, promise, client);
    if (answer == null) {
      client.send(new CancelWait(client.nextRequestId(), request.requestId()));
      answer = within(settings.timeout(), promise, client);
    }
    if (answer == null) {
      throw Sentences.noAnswer(client.server(), settings.timeout());
    }
    return answer;
  }

  /** Waits, and looks once a second whether the server still answers pings. */
  private void await(CompletableFuture<?> promise, TicketClient client) {
    boolean silent = false;
    while (!promise.isDone() && !left().isZero()) {
      within(Backoff.shorter(SOON, left()), promise, client);
      if (client.isSilent() != silent) {
        silent = !silent;
        listener.silent(client.server(), silent);
      }
    }
  }

  private void sayThatItWaits() {
    if (!said) {
      said = true;
      listener.waiting();
    }
  }

  /** What comes, or null when it does not come in time. */
  private static <T> T within(
      Duration patience, CompletableFuture<T> promise, TicketClient client) {
    try {
      return promise.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Sentences.interrupted(client.server());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectionException lost) {
        throw lost;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void pause(RuntimeException trouble) {
    boolean neverThere = !connected && passed().compareTo(settings.timeout()) >= 0;
    if (neverThere || Thread.currentThread().isInterrupted()) {
      throw trouble;
    }
    if (connected && left().isZero()) {
      throw new ConnectionException(
          Kind.TIMEOUT,
          "the wait for the lock on "
              + wanted.ticket()
              + " is over; the last problem was: "
              + trouble.getMessage(),
          trouble);
    }
    if (connected && !away && trouble instanceof ConnectionException) {
      away = true;
      listener.lost();
    }
    Duration wait = connection.nextPause();
    sleep(connected ? Backoff.shorter(wait, left()) : wait);
  }

  /** Waits, unless it is cancelled, or another connection works. */
  private void sleep(Duration wait) {
    if (cancelled.isDone()) {
      return;
    }
    try {
      connection.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration passed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Once connected: the time left of the wait; zero when it is over, centuries if unlimited. */
  private Duration left() {
    Duration atMost = wanted.waiting().atMost();
    if (cancelled.isDone()) {
      return Duration.ZERO;
    }
    if (atMost == null) {
      return Duration.ofNanos(Long.MAX_VALUE);
    }
    Duration left = atMost.minus(passed());
    return left.isNegative() ? Duration.ZERO : left;
  }
}
