package org.lesbillets.server.soak;

import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/**
 * One operation as its client saw it.
 *
 * @param mark stands in whatever it writes, and in nothing else
 * @param attempts how often it was sent: all under one operation id
 * @param began when it was sent first, in nanoseconds
 * @param asked when it was sent last
 * @param ended when it was answered; Long.MAX_VALUE if it was not
 * @param answer to the last attempt, or null
 */
record LockOperation(
    String agent,
    String mark,
    ClientMessage.TicketChange change,
    int attempts,
    long began,
    long asked,
    long ended,
    ServerMessage.Answer answer) {

  /** Whether it is known that it happened. */
  boolean isDone() {
    return answer instanceof ServerMessage.EventMessage;
  }

  /** The revision it happened at, if that is known. */
  long revision() {
    return ((ServerMessage.EventMessage) answer).event().revision();
  }

  /** Whether it was refused for a reason to be found in the state of its ticket. */
  boolean isRefused() {
    return answer instanceof ServerMessage.Rejected no
        && switch (no.code()) {
          case UNCERTAIN, BUSY, READ_ONLY -> false;
          case LOCKED,
              NOT_LOCKED,
              STALE_TOKEN,
              STALE_REVISION,
              TIMEOUT,
              INVALID,
              UNKNOWN_TYPE,
              TOO_LARGE,
              NOT_FOUND,
              AMBIGUOUS,
              FORBIDDEN ->
              true;
        };
  }

  /**
   * Whether it is known that it did not happen. An attempt whose connection was cut may be carried
   * out after a later one was refused.
   */
  boolean isKnownNotDone() {
    return isRefused() && attempts == 1;
  }

  @Override
  public String toString() {
    return "%s %s: %s -> %s (sent %d times)".formatted(agent, mark, change, answer, attempts);
  }
}
