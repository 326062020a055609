package org.lesbillets.cli.client.retry;

import java.time.Duration;
import java.util.UUID;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.RequestChannel;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** The attempts at one change. Belongs to one thread; used once. */
public final class RetryingCall {

  /** Where an attempt gets its connection. */
  interface Connection {
    /**
     * The present connection, or a new one.
     *
     * @throws ConnectionException if none comes about within {@code patience}
     */
    RequestChannel open(Duration patience);

    /** Ends the present connection, so that the next attempt gets another. */
    void drop();
  }

  /** Below it an attempt has no chance, and waiting no purpose. */
  public static final Duration TOO_LITTLE = Duration.ofMillis(20);

  /** An attempt gets all the time that is left, if that is no more than this, else half. */
  private static final Duration UNDIVIDED = Duration.ofSeconds(2);

  private final Connection connection;
  private final Duration timeout;
  private final Backoff backoff;
  private final Sleeper pace;
  private final long start;

  private RetryState troubles;

  RetryingCall(Connection connection, Duration timeout, Backoff backoff, Sleeper pace) {
    this.connection = connection;
    this.timeout = timeout;
    this.backoff = backoff;
    this.pace = pace;
    this.start = pace.nanoTime();
  }

  /** As {@link ChangeSender#change}. */
  EventMessage make(Change change) {
    troubles = new RetryState(change);
    UUID operation = change.operationId() == null ? StrongRandom.uuid() : change.operationId();
    while (true) {
      try {
        return attempt(change, operation);
      } catch (RejectedException e) {
        note(e);
      } catch (ConnectionException e) {
        note(e);
      }
      pause(operation);
    }
  }

  private EventMessage attempt(Change change, UUID operation) {
    RequestChannel exchange = connection.open(patience());
    Change request = change.identified(exchange.nextRequestId(), operation);
    Answer answer = exchange.ask(request, patience());
    return ExpectedAnswer.of(exchange.server(), answer, EventMessage.class);
  }

  private void note(RejectedException failure) {
    if (goesOn(troubles.note(failure))) {
      return;
    }
    throw failure;
  }

  private void note(ConnectionException failure) {
    if (goesOn(troubles.note(failure, left().compareTo(TOO_LITTLE) >= 0))) {
      return;
    }
    throw failure;
  }

  private boolean goesOn(RetryState.Next next) {
    if (next == RetryState.Next.AGAIN_ELSEWHERE) {
      connection.drop();
    }
    return next != RetryState.Next.NEVER;
  }

  /** Waits before the next attempt, but never longer than half of the time that is left. */
  private void pause(UUID operation) {
    Duration left = left();
    if (left.compareTo(TOO_LITTLE) < 0 || Thread.currentThread().isInterrupted()) {
      throw troubles.givenUp(operation, timeout);
    }
    Duration wait = backoff.next();
    Duration half = left.dividedBy(2);
    try {
      pace.sleep(wait.compareTo(half) < 0 ? wait : half);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw troubles.givenUp(operation, timeout);
    }
  }

  private Duration left() {
    return timeout.minusNanos(pace.nanoTime() - start);
  }

  private Duration patience() {
    return patience(left());
  }

  /** How long one attempt may take where so much time is left for all that follow. */
  public static Duration patience(Duration left) {
    if (left.compareTo(UNDIVIDED) > 0) {
      return left.dividedBy(2);
    }
    return left.compareTo(TOO_LITTLE) > 0 ? left : TOO_LITTLE;
  }
}
