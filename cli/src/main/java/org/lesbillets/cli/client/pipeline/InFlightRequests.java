package org.lesbillets.cli.client.pipeline;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.lesbillets.cli.client.AnswerFailures;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.retry.RetryPolicy;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Rejected;

/**
 * The requests of a pipeline, sent and retried until their outcome is certain or their time is
 * over.
 *
 * <pre>
 *   begin                 due                    answered
 *   -----> unsent ----------------------> sent ------------> Listener.answered
 *            ^ | deadline, refused for good |
 *            | +--> Listener.failed         | BUSY, lost, late: after a backoff
 *            +------------------------------+
 * </pre>
 *
 * <p>Belongs to the thread that runs the pipeline; answers are handed to it as tasks. Bounded by
 * the jobs that the pipeline begins.
 */
final class InFlightRequests<J extends Job> implements AutoCloseable {
  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Duration timeout;
  private final ReconnectingConnection connection;
  private final Consumer<Runnable> tasks;
  private final Listener<J> listener;

  /** Those that are owed an answer. */
  private final Set<InFlightRequest<J>> sent = new LinkedHashSet<>();

  /** Those to be sent, for the first time or as a retry. */
  private final Set<InFlightRequest<J>> unsent = new LinkedHashSet<>();

  private long holdUntilNanos = System.nanoTime();
  private long checkedNanos = holdUntilNanos;

  /** Callbacks for the outcome of a request, on the same thread. */
  interface Listener<J extends Job> {
    /** An answer that a retry would not change, or for which there is no more time. */
    void answered(InFlightRequest<J> item, Answer answer);

    /**
     * The outcome is unknown, or nothing could be asked.
     *
     * @param connected whether a server can be asked all the same
     */
    void failed(InFlightRequest<J> item, ConnectionException failure, boolean connected);
  }

  InFlightRequests(ClientSettings settings, Consumer<Runnable> tasks, Listener<J> listener) {
    this.timeout = settings.timeout();
    this.connection =
        new ReconnectingConnection(
            settings.keepAlive() == null ? settings.keepingAlive(KeepAlive.PATIENT) : settings);
    this.tasks = tasks;
    this.listener = listener;
  }

  /** Whether a request that is begun now could be sent now. */
  boolean isReady() {
    long now = System.nanoTime();
    return now - holdUntilNanos >= 0 && maySend(now);
  }

  private boolean maySend(long now) {
    return connection.isOpen() || now - connection.notBeforeNanos() >= 0;
  }

  /** Adds a request, whose time begins now. */
  void begin(InFlightRequest<J> item, ClientMessage request) {
    item.begin(request, System.nanoTime());
    unsent.add(item);
  }

  /** Sends what is due. */
  void sendDue() {
    for (InFlightRequest<J> item : List.copyOf(unsent)) {
      long now = System.nanoTime();
      if (item.isDue(now) && maySend(now)) {
        send(item, now);
      }
    }
  }

  private void send(InFlightRequest<J> item, long now) {
    TicketClient client;
    try {
      client = connection.open(RetryPolicy.attemptTimeout(item.left(timeout, now)));
    } catch (ConnectionException e) {
      List.copyOf(unsent).forEach(other -> failed(other, e));
      return;
    }
    unsent.remove(item);
    sent.add(item);
    int attempt = item.sent(System.nanoTime());
    client
        .send(item.request())
        .whenComplete(
            (answer, failure) -> tasks.accept(() -> answered(item, attempt, answer, failure)));
  }

  private void answered(InFlightRequest<J> item, int attempt, Answer answer, Throwable failure) {
    if (!sent.contains(item) || !item.isLast(attempt)) {
      return;
    }
    if (failure instanceof ConnectionException lost) {
      failed(item, lost);
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    } else if (answer instanceof Rejected no && no.code().isTransient()) {
      item.retryState().note(new RejectedException(no), true);
      hold(item);
    } else {
      connection.works();
      sent.remove(item);
      listener.answered(item, answer);
    }
  }

  /** Back-pressure: a BUSY server is sent nothing new during the backoff either. */
  private void hold(InFlightRequest<J> item) {
    Duration pause = Backoff.longer(item.pause(), item.retryState().leastPause());
    holdUntilNanos = System.nanoTime() + pause.toNanos();
    again(item, holdUntilNanos);
  }

  private void failed(InFlightRequest<J> item, ConnectionException failure) {
    switch (item.retryState().note(failure, hasTime(item))) {
      case NEVER -> fail(item, failure);
      case AGAIN, AGAIN_ELSEWHERE -> again(item, connection.notBeforeNanos());
    }
  }

  private void again(InFlightRequest<J> item, long atNanos) {
    item.again(atNanos);
    sent.remove(item);
    unsent.add(item);
  }

  private boolean hasTime(InFlightRequest<J> item) {
    return RetryPolicy.allowsAttempt(item.left(timeout, System.nanoTime()));
  }

  private void fail(InFlightRequest<J> item, ConnectionException failure) {
    sent.remove(item);
    unsent.remove(item);
    listener.failed(item, failure, connection.isOpen());
  }

  /** Drops a connection that does not answer, and gives up requests whose time is over. */
  void checkDeadlines() {
    long now = System.nanoTime();
    if (now - checkedNanos < CHECK_NANOS) {
      return;
    }
    checkedNanos = now;
    if (sent.stream().anyMatch(item -> item.isLate(timeout, now))) {
      List.copyOf(sent).stream()
          .filter(item -> item.isLate(timeout, now))
          .forEach(item -> failed(item, AnswerFailures.noAnswer(connection.server(), timeout)));
      connection.drop();
    }
    List.copyOf(unsent).stream().filter(item -> !hasTime(item)).forEach(this::giveUp);
  }

  private void giveUp(InFlightRequest<J> item) {
    RuntimeException failure = item.retryState().givenUp(item.operation(), timeout);
    if (failure instanceof RejectedException refused) {
      unsent.remove(item);
      listener.answered(item, refused.rejected());
    } else {
      fail(item, (ConnectionException) failure);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
