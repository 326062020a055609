package org.lesbillets.cli.client.retry;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.RequestChannel;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * One change, retried with backoff under one operation id (its idempotency key) until its outcome
 * is certain or its time is over. Belongs to one thread; used once.
 */
final class RetryingCall {

  /** Where an attempt gets its connection. */
  interface Connection {
    /**
     * The present connection, or a new one.
     *
     * @throws ConnectionException if none can be made within {@code patience}
     */
    RequestChannel open(Duration patience);

    /** Ends the present connection, so that the next attempt gets another. */
    void drop();
  }

  private final Connection connection;
  private final Duration timeout;
  private final Backoff backoff;
  private final Sleeper sleeper;
  private final long start;

  private RetryState state;

  /** Null for none. */
  private Consumer<RuntimeException> failures;

  RetryingCall(Connection connection, Duration timeout, Backoff backoff, Sleeper sleeper) {
    this.connection = connection;
    this.timeout = timeout;
    this.backoff = backoff;
    this.sleeper = sleeper;
    this.start = sleeper.nanoTime();
  }

  /**
   * As {@link #make}.
   *
   * @param failures takes the failure of each attempt; null for none
   */
  EventMessage make(Change change, Consumer<RuntimeException> failures) {
    this.failures = failures;
    return make(change);
  }

  /** As {@link ChangeSender#change}. */
  EventMessage make(Change change) {
    state = new RetryState(change);
    UUID operation = change.operationId() == null ? StrongRandom.key() : change.operationId();
    while (true) {
      try {
        return attempt(change, operation);
      } catch (RejectedException | ConnectionException e) {
        note(e);
      }
      pause(operation);
    }
  }

  private EventMessage attempt(Change change, UUID operation) {
    RequestChannel channel = connection.open(RetryPolicy.attemptTimeout(left()));
    Change request = change.identified(channel.nextRequestId(), operation);
    Answer answer = channel.ask(request, RetryPolicy.attemptTimeout(left()));
    return ExpectedAnswer.of(channel.server(), answer, EventMessage.class);
  }

  private void note(RuntimeException failure) {
    if (failures != null) {
      failures.accept(failure);
    }
    RetryState.Next next = state.note(failure, RetryPolicy.allowsAttempt(left()));
    if (next == RetryState.Next.NEVER) {
      throw failure;
    }
    if (next == RetryState.Next.AGAIN_ELSEWHERE) {
      connection.drop();
    }
  }

  /** Waits before the next attempt, but never longer than half of the time that is left. */
  private void pause(UUID operation) {
    Duration left = left();
    if (!RetryPolicy.allowsAttempt(left) || Thread.currentThread().isInterrupted()) {
      throw state.givenUp(operation, timeout);
    }
    try {
      Duration pause = Backoff.longer(backoff.next(), state.leastPause());
      sleeper.sleep(Backoff.shorter(pause, left.dividedBy(2)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw state.givenUp(operation, timeout);
    }
  }

  private Duration left() {
    return timeout.minusNanos(sleeper.nanoTime() - start);
  }
}
