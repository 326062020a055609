package org.lesbillets.cli.client.pipeline;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.Sentences;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.retry.RetryPolicy;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Rejected;

/**
 * Sends the requests of jobs, and sends them again until their outcome is certain or their time is
 * over. Belongs to the thread that runs the pipeline; answers come to it as tasks.
 */
final class InFlightRequests<J extends Job> implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Duration timeout;
  private final ReconnectingConnection connection;
  private final Consumer<Runnable> tasks;
  private final Listener<J> listener;

  /** Those that wait for an answer. */
  private final Set<InFlightRequest<J>> sent = new LinkedHashSet<>();

  /** Those that wait to be sent, for the first time or again. */
  private final Set<InFlightRequest<J>> unsent = new LinkedHashSet<>();

  private long holdUntilNanos = System.nanoTime();
  private long lookNanos = holdUntilNanos;

  /** Hears what a request comes to, on the same thread. */
  interface Listener<J extends Job> {
    /** An answer that trying again would not change, or there is no more time to. */
    void answered(InFlightRequest<J> flight, Answer answer);

    /**
     * No certain answer came.
     *
     * @param connected whether there is a server to ask all the same
     */
    void failed(InFlightRequest<J> flight, ConnectionException failure, boolean connected);
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

  /** Takes up a request: its time begins now. */
  void begin(InFlightRequest<J> flight, ClientMessage request) {
    flight.begin(request, System.nanoTime());
    unsent.add(flight);
  }

  /** Sends what is due. */
  void sendDue() {
    for (InFlightRequest<J> flight : List.copyOf(unsent)) {
      long now = System.nanoTime();
      if (flight.isDue(now) && maySend(now)) {
        send(flight, now);
      }
    }
  }

  private void send(InFlightRequest<J> flight, long now) {
    TicketClient client;
    try {
      client = connection.open(RetryPolicy.attemptTimeout(flight.left(timeout, now)));
    } catch (ConnectionException e) {
      List.copyOf(unsent).forEach(other -> troubled(other, e));
      return;
    }
    unsent.remove(flight);
    sent.add(flight);
    int attempt = flight.sent(System.nanoTime());
    client
        .send(flight.request())
        .whenComplete(
            (answer, failure) -> tasks.accept(() -> came(flight, attempt, answer, failure)));
  }

  private void came(InFlightRequest<J> flight, int attempt, Answer answer, Throwable failure) {
    if (!sent.contains(flight) || !flight.isLast(attempt)) {
      return;
    }
    if (failure instanceof ConnectionException lost) {
      troubled(flight, lost);
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    } else if (answer instanceof Rejected no && no.code().isTransient()) {
      flight.troubles().note(new RejectedException(no), true);
      hold(flight);
    } else {
      connection.works();
      sent.remove(flight);
      listener.answered(flight, answer);
    }
  }

  /** A server that has too much to do is given nothing new for a while either. */
  private void hold(InFlightRequest<J> flight) {
    holdUntilNanos = System.nanoTime() + flight.pause().toNanos();
    again(flight, holdUntilNanos);
  }

  private void troubled(InFlightRequest<J> flight, ConnectionException failure) {
    switch (flight.troubles().note(failure, hasTime(flight))) {
      case NEVER -> fail(flight, failure);
      case AGAIN, AGAIN_ELSEWHERE -> again(flight, connection.notBeforeNanos());
    }
  }

  private void again(InFlightRequest<J> flight, long atNanos) {
    flight.again(atNanos);
    sent.remove(flight);
    unsent.add(flight);
  }

  private boolean hasTime(InFlightRequest<J> flight) {
    return RetryPolicy.allowsAttempt(flight.left(timeout, System.nanoTime()));
  }

  private void fail(InFlightRequest<J> flight, ConnectionException failure) {
    sent.remove(flight);
    unsent.remove(flight);
    listener.failed(flight, failure, connection.isOpen());
  }

  /** Leaves connections that do not answer, and gives up requests whose time is over. */
  void lookAtTheClock() {
    long now = System.nanoTime();
    if (now - lookNanos < LOOK_NANOS) {
      return;
    }
    lookNanos = now;
    if (sent.stream().anyMatch(flight -> flight.isLate(timeout, now))) {
      List.copyOf(sent).stream()
          .filter(flight -> flight.isLate(timeout, now))
          .forEach(flight -> troubled(flight, Sentences.noAnswer(connection.server(), timeout)));
      connection.drop();
    }
    List.copyOf(unsent).stream().filter(flight -> !hasTime(flight)).forEach(this::giveUp);
  }

  private void giveUp(InFlightRequest<J> flight) {
    RuntimeException failure = flight.troubles().givenUp(flight.operation(), timeout);
    if (failure instanceof RejectedException refused) {
      unsent.remove(flight);
      listener.answered(flight, refused.rejected());
    } else {
      fail(flight, (ConnectionException) failure);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
