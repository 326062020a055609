package org.lesbillets.cli.client.lock;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.lesbillets.cli.client.AnswerFailures;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.retry.RetryPolicy;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.model.message.ClientMessage.CancelWait;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.WaitableChange;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A wait for a lock, or for a ticket to claim, in the wait queue (FIFO) of the server, over as many
 * connections as that takes: after a loss the request is retried under the same operation id (its
 * idempotency key), which gives it another place. A server drops the requests of a connection that
 * ends, so the end of the process ends the wait, too.
 *
 * <pre>
 *                     accepted              granted, refused for good
 *   CONNECTING ---------------> WAITING --------------------------------> OVER
 *    ^      | not in time         | lost, BUSY                             ^
 *    |      +--------> OVER       v          the wait's time, cancel       |
 *    +------- backoff ---------- AWAY -------------------------------------+
 * </pre>
 *
 * <p>Used once, by {@link #take} on its caller's thread or {@link #start} on a new thread; {@link
 * #cancel} is for any thread. Holds at most one connection, which it may share with leases and
 * other waits, and none afterwards.
 */
public final class LockWaiter {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final ClientSettings settings;
  private final WaitableChange wanted;
  private final LockWaitListener listener;
  private final ReconnectingConnection connection;
  private final LeaseWatch leases;

  /** Completed by the outcome of a started wait, or by cancel: the first of them wins the race. */
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  private UUID operation = StrongRandom.key();

  private final WaitTime time;
  private boolean away;
  private boolean said;

  /** The answer to the request to leave the queue; null for none. */
  private CompletableFuture<Answer> left;

  /**
   * @param settings their timeout is for connecting the first time, and never for the wait
   * @param wanted a lock or a claim, and how long to wait for it
   */
  public LockWaiter(ClientSettings settings, WaitableChange wanted, LockWaitListener listener) {
    this(settings, wanted, listener, null);
  }

  LockWaiter(
      ClientSettings settings, WaitableChange wanted, LockWaitListener listener, Backoff backoff) {
    this(
        new ReconnectingConnection(lasting(settings), backoff),
        LeaseWatch.ofOne(lasting(settings)),
        wanted,
        listener);
  }

  /** A wait over the connection on which leases are kept, too. */
  public LockWaiter(LeaseWatch leases, WaitableChange wanted, LockWaitListener listener) {
    this(leases.connection(), leases, wanted, listener);
  }

  private LockWaiter(
      ReconnectingConnection connection,
      LeaseWatch leases,
      WaitableChange wanted,
      LockWaitListener listener) {
    this.settings = connection.settings();
    this.wanted = wanted;
    this.listener = listener;
    this.connection = connection;
    this.leases = leases;
    this.time = new WaitTime(wanted, over);
  }

  private static ClientSettings lasting(ClientSettings settings) {
    return settings.keepAlive() == null ? settings.keepingAlive(KeepAlive.PATIENT) : settings;
  }

  /**
   * Leaves the queue, from any thread, without waiting: {@link #take} then ends soon, perhaps with
   * a lock that was granted at the same moment. No callback follows, unless one is under way.
   */
  public void cancel() {
    over.complete(null);
    connection.wake();
  }

  /**
   * Waits on a daemon thread, "billets-turn", whose outcome the listener gets.
   *
   * @param unwanted takes a lock that was granted although the wait was cancelled
   * @return the thread, which ends soon after a {@link #cancel}
   */
  public Thread start(Consumer<EventMessage> unwanted) {
    Thread thread = new Thread(() -> settle(unwanted), "billets-turn");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void settle(Consumer<EventMessage> unwanted) {
    EventMessage granted;
    try {
      granted = take();
    } catch (RuntimeException e) {
      if (over.complete(null)) {
        listener.refused(e);
      }
      return;
    }
    if (over.complete(null)) {
      listener.granted(granted);
    } else {
      unwanted.accept(granted);
    }
  }

  /**
   * Waits on the caller's thread.
   *
   * @return the event that granted the lock
   * @throws RejectedException TIMEOUT when the wait is over; else what the server refuses for good
   * @throws ConnectionException TIMEOUT if the wait is over without an answer; UNREACHABLE if no
   *     first connection could be made in the settings' timeout; what no retry heals
   */
  public EventMessage take() {
    if (over.isDone()) {
      throw new ConnectionException(
          Kind.TIMEOUT, "the wait for " + goal(wanted) + " was given up at once");
    }
    while (true) {
      RuntimeException failure;
      try {
        EventMessage granted = ask();
        if (over.isDone() || !granted.repeated() || !Lease.of(granted).left().isZero()) {
          return granted;
        }
        // It was granted while the answer was lost, and its lease is over by now.
        operation = StrongRandom.key();
        continue;
      } catch (RejectedException | ConnectionException e) {
        if (!RetryPolicy.isTransient(e)) {
          throw e;
        }
        failure = e;
        if (e instanceof ConnectionException) {
          connection.drop();
        }
      } finally {
        connection.leave();
      }
      pause(failure);
    }
  }

  private EventMessage ask() {
    TicketClient client = connection.open(patience(), PushListener.NONE);
    time.begin();
    if (away && !over.isDone()) {
      listener.back(client.server());
      away = false;
    }
    String requestId = client.nextRequestId();
    CompletableFuture<Answer> promise = client.send(time.rest().identified(requestId, operation));
    try {
      Answer answer = answer(client, requestId, promise);
      connection.works();
      return ExpectedAnswer.of(client.server(), answer, EventMessage.class);
    } finally {
      leases.ended(wanted, client, promise, left);
    }
  }

  private Duration patience() {
    return time.hasBegun()
        ? Backoff.shorter(connection.patience(), time.left())
        : time.toConnect(settings.timeout());
  }

  /** The answer; when the time is over, the outcome of leaving the queue. */
  private Answer answer(TicketClient client, String requestId, CompletableFuture<Answer> promise) {
    CompletableFuture<Object> either = CompletableFuture.anyOf(promise, over);
    within(Backoff.shorter(SOON, time.left()), either, client);
    if (!either.isDone()) {
      if (!said) {
        said = true;
        leases.endIfIdle();
        listener.waiting();
      }
      await(either, client);
    }
    Answer answer = within(Duration.ZERO, promise, client);
    if (answer == null) {
      left = client.send(new CancelWait(client.nextRequestId(), requestId));
      answer = within(settings.timeout(), promise, client);
    }
    if (answer == null) {
      throw AnswerFailures.noAnswer(client.server(), settings.timeout());
    }
    return answer;
  }

  /** Waits, and checks once a second whether the server still answers pings. */
  private void await(CompletableFuture<?> promise, TicketClient client) {
    boolean silent = false;
    while (!promise.isDone() && !time.left().isZero()) {
      within(Backoff.shorter(SOON, time.left()), promise, client);
      if (client.isSilent() != silent) {
        silent = !silent;
        listener.silent(client.server(), silent);
      }
    }
  }

  /** The result, or null if there is none in time. */
  private static <T> T within(
      Duration patience, CompletableFuture<T> promise, TicketClient client) {
    try {
      return promise.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AnswerFailures.interrupted(client.server());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectionException lost) {
        throw lost;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void pause(RuntimeException failure) {
    boolean connected = time.hasBegun();
    boolean neverThere = !connected && time.passed().compareTo(settings.timeout()) >= 0;
    if (neverThere || Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    if (connected && time.left().isZero()) {
      throw new ConnectionException(
          Kind.TIMEOUT,
          "the wait for "
              + goal(wanted)
              + " is over; the last problem was: "
              + failure.getMessage(),
          failure);
    }
    if (connected && !away && failure instanceof ConnectionException) {
      away = true;
      listener.lost();
    }
    Duration wait = connection.nextPause();
    sleep(connected ? Backoff.shorter(wait, time.left()) : wait);
  }

  /** What is waited for, for people. */
  public static String goal(WaitableChange wanted) {
    return wanted instanceof LockTicket lock ? "the lock on " + lock.ticket() : "a ticket to claim";
  }

  private void sleep(Duration wait) {
    try {
      if (!over.isDone()) {
        connection.sleep(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
