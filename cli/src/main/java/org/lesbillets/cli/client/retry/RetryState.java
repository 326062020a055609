package org.lesbillets.cli.client.retry;

import java.time.Duration;
import java.util.UUID;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.Sentences;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;

/**
 * What went wrong with one request so far: whether trying again can help, and what to tell when
 * there is no more time for it. Belongs to one thread.
 */
public final class RetryState {

  /** What may come after a failure. */
  public enum Next {
    AGAIN,
    /** Again, but over another connection. */
    AGAIN_ELSEWHERE,
    NEVER
  }

  private final boolean changes;

  /** The last failure that left the outcome unknown; null while it is certain nothing happened. */
  private RuntimeException doubt;

  private RuntimeException last;

  public RetryState(ClientMessage request) {
    this.changes = request instanceof ClientMessage.Change;
  }

  /** Whether a refusal stays one, however often one asks. */
  public static boolean isFinal(RejectionCode code) {
    return switch (code) {
      case BUSY, UNCERTAIN -> false;
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
          true;
    };
  }

  public Next note(RejectedException failure) {
    last = failure;
    if (isFinal(failure.code())) {
      return Next.NEVER;
    }
    return failure.code() == RejectionCode.UNCERTAIN ? doubt(failure) : Next.AGAIN;
  }

  /**
   * @param inTime whether there was time enough: what fails for want of it says less than what
   *     failed before
   */
  public Next note(ConnectionException failure, boolean inTime) {
    if (last == null || inTime) {
      last = failure;
    }
    return switch (failure.kind()) {
      case UNREACHABLE -> Next.AGAIN;
      case TIMEOUT, LOST -> doubt(failure);
      case UNAUTHORIZED, FORBIDDEN, PROTOCOL -> Next.NEVER;
    };
  }

  private Next doubt(RuntimeException failure) {
    if (changes) {
      doubt = failure;
    }
    return Next.AGAIN_ELSEWHERE;
  }

  /** What to tell when the time is over; something went wrong before. */
  public RuntimeException givenUp(UUID operation, Duration timeout) {
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
}
