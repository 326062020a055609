package org.lesbillets.cli.client.retry;

import java.time.Duration;
import java.util.UUID;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.text.Durations;
import org.lesbillets.model.message.ClientMessage;

/**
 * The failures of one retried request: what its next attempt is, and which failure is reported when
 * its time is over. A failure that leaves the outcome of a change unknown outlasts later ones that
 * do not.
 *
 * <pre>
 *   CERTAIN --LOST, TIMEOUT, UNCERTAIN--> DOUBTFUL (until the end, whatever else fails)
 * </pre>
 *
 * <p>Belongs to one thread.
 */
public final class RetryState {

  /** The next step after a failure. */
  public enum Next {
    AGAIN,
    /** Again, but over another connection. */
    AGAIN_ELSEWHERE,
    NEVER
  }

  private final boolean changes;

  /** A redaction: what is uncertain of it is what the server itself is still working on. */
  private final boolean redacts;

  /** The last failure that left the outcome unknown; null while it is certain nothing happened. */
  private RuntimeException doubt;

  private RuntimeException last;

  public RetryState(ClientMessage request) {
    this.changes = request instanceof ClientMessage.Change;
    this.redacts = request instanceof ClientMessage.RedactTicket;
  }

  /**
   * Takes a failure of the latest attempt.
   *
   * @param inTime whether there was time enough: what fails for want of it says less than what
   *     failed before
   */
  public Next note(RuntimeException failure, boolean inTime) {
    if (last == null || inTime || failure instanceof RejectedException) {
      last = failure;
    }
    boolean unfinished = redacts && failure instanceof RejectedException;
    if (!RetryPolicy.isTransient(failure) || unfinished && RetryPolicy.isOutcomeUnknown(failure)) {
      return Next.NEVER;
    }
    if (!RetryPolicy.isOutcomeUnknown(failure)) {
      return Next.AGAIN;
    }
    if (changes) {
      doubt = failure;
    }
    return Next.AGAIN_ELSEWHERE;
  }

  /** The pause that a busy server asks for before the next attempt; zero if it asks for none. */
  public Duration leastPause() {
    Duration asked =
        last instanceof RejectedException refused
            ? refused.rejected().details().retryAfter()
            : null;
    return asked == null ? Duration.ZERO : asked;
  }

  /** What to report when the time is over; something went wrong before. */
  public RuntimeException givenUp(UUID operation, Duration timeout) {
    if (doubt instanceof ConnectionException) {
      return new ConnectionException(
          Kind.TIMEOUT,
          "no certain answer within "
              + Durations.inSentence(timeout)
              + ", so the change (operation id "
              + operation
              + ") may have happened or not: look before you try again; the last problem was: "
              + last.getMessage(),
          doubt);
    }
    return doubt == null ? last : doubt;
  }
}
