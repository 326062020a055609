package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.UUID;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** The attempts at one change. Belongs to one thread; used once. */
final class ChangeAttempts {

  /** Where an attempt gets its connection. */
  interface Connection {
    /**
     * The present connection, or a new one.
     *
     * @throws ConnectionException if none comes about within {@code patience}
     */
    Exchange open(Duration patience);

    /** Ends the present connection, so that the next attempt gets another. */
    void drop();
  }

  /** Below it an attempt has no chance, and waiting no purpose. */
  private static final Duration TOO_LITTLE = Duration.ofMillis(20);

  /** An attempt gets all the time that is left, if that is no more than this, else half. */
  private static final Duration UNDIVIDED = Duration.ofSeconds(2);

  private final Connection connection;
  private final Duration timeout;
  private final Backoff backoff;
  private final Pace pace;
  private final long start;

  /** The last failure that left the outcome unknown; null while it is certain nothing happened. */
  private RuntimeException doubt;

  private RuntimeException last;

  ChangeAttempts(Connection connection, Duration timeout, Backoff backoff, Pace pace) {
    this.connection = connection;
    this.timeout = timeout;
    this.backoff = backoff;
    this.pace = pace;
    this.start = pace.nanoTime();
  }

  /** As {@link ChangeSender#change}. */
  EventMessage make(Change change) {
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
    Exchange exchange = connection.open(patience());
    Change request = change.identified(exchange.nextRequestId(), operation);
    Answer answer = exchange.ask(request, patience());
    return answer.accept(
        new ExpectedAnswer<>(exchange.server()) {
          @Override
          public EventMessage onEvent(EventMessage event) {
            return event;
          }
        });
  }

  private void note(RejectedException failure) {
    last = failure;
    switch (failure.code()) {
      case BUSY -> {}
      case UNCERTAIN -> doubt(failure);
      case INVALID,
          UNKNOWN_TYPE,
          TOO_LARGE,
          NOT_FOUND,
          AMBIGUOUS,
          LOCKED,
          NOT_LOCKED,
          STALE_TOKEN,
          STALE_REVISION,
          FORBIDDEN,
          TIMEOUT,
          READ_ONLY ->
          throw failure;
    }
  }

  private void note(ConnectionException failure) {
    if (last == null || left().compareTo(TOO_LITTLE) >= 0) {
      // What fails for want of time says less than what failed before.
      last = failure;
    }
    switch (failure.kind()) {
      case UNREACHABLE -> {}
      case TIMEOUT, LOST -> doubt(failure);
      case UNAUTHORIZED, FORBIDDEN, PROTOCOL -> throw failure;
    }
  }

  private void doubt(RuntimeException failure) {
    doubt = failure;
    connection.drop();
  }

  /** Waits before the next attempt, but never longer than half of the time that is left. */
  private void pause(UUID operation) {
    Duration left = left();
    if (left.compareTo(TOO_LITTLE) < 0 || Thread.currentThread().isInterrupted()) {
      throw givenUp(operation);
    }
    Duration wait = backoff.next();
    Duration half = left.dividedBy(2);
    try {
      pace.sleep(wait.compareTo(half) < 0 ? wait : half);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenUp(operation);
    }
  }

  private RuntimeException givenUp(UUID operation) {
    if (doubt instanceof ConnectionException) {
      return new ConnectionException(
          Kind.TIMEOUT,
          "no certain answer within "
              + Sentences.duration(timeout)
              + ", so the change (operation id "
              + operation
              + ") may have happened or not: look before you try again; the last problem was: "
              + last.getMessage(),
          doubt);
    }
    return doubt == null ? last : doubt;
  }

  private Duration left() {
    return timeout.minusNanos(pace.nanoTime() - start);
  }

  private Duration patience() {
    Duration left = left();
    if (left.compareTo(UNDIVIDED) > 0) {
      return left.dividedBy(2);
    }
    return left.compareTo(TOO_LITTLE) > 0 ? left : TOO_LITTLE;
  }
}
