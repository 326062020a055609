package org.lesbillets.model.message;

import org.lesbillets.model.WireNamed;

/**
 * Why a request was refused; the names are those on the wire. Each says whether a retry of the same
 * request, under the same operation id, can succeed. Immutable; any thread.
 */
public enum RejectionCode implements WireNamed {
  /** Final: the request is not well formed, or a field is beyond its limit. */
  INVALID(false),
  /** Final: this server does not know the type, and another version of it is needed. */
  UNKNOWN_TYPE(false),
  /** Final: the request stays too large. */
  TOO_LARGE(false),
  /** Final: numbers are never reused, and who waits for a ticket watches. */
  NOT_FOUND(false),
  /** Final: a longer prefix is needed. */
  AMBIGUOUS(false),
  /**
   * Final: another, or another of one's own processes, holds the lock. It may end, but the place
   * for those who wait for that is the wait queue of the server; a polling loop would overtake it.
   */
  LOCKED(false),
  /** Final: the lock named by the request has ended. */
  NOT_LOCKED(false),
  /** Final: a token (a fencing token) that is no longer the current one never becomes it again. */
  STALE_TOKEN(false),
  /** Final: the ticket has changed (optimistic concurrency), so a new request is needed. */
  STALE_REVISION(false),
  /** Final: the role does not suffice. */
  FORBIDDEN(false),
  /**
   * Final: the wait that the request allowed is over. As an answer to what allowed none, an {@link
   * #isOutage outage}: the server was too slow.
   */
  TIMEOUT(false),
  /** Transient: a bounded queue is full (back-pressure), and nothing happened. */
  BUSY(true),
  /** An {@link #isOutage outage}: the journal takes no writes until an operator has acted. */
  READ_ONLY(false),
  /**
   * Transient: it may have happened. The operation id is the idempotency key of the retry, which is
   * answered with the event if it did.
   */
  UNCERTAIN(true);

  private final boolean isTransient;

  RejectionCode(boolean isTransient) {
    this.isTransient = isTransient;
  }

  @Override
  public String wireName() {
    return name();
  }

  /** Whether the cause may pass within seconds, without anybody's doing. */
  public boolean isTransient() {
    return isTransient;
  }

  /**
   * Whether the cause is the state of the server, not the request: what outlives one request (a
   * watch, a lease) retries it, a single request only if it {@link #isTransient}.
   */
  public boolean isOutage() {
    return isTransient || this == READ_ONLY || this == TIMEOUT;
  }

  /** Whether the change may have happened all the same. */
  public boolean isOutcomeUnknown() {
    return this == UNCERTAIN;
  }

  /** Whether the lock that the request names has ended: there is nothing left to release. */
  public boolean isLockOver() {
    return this == NOT_LOCKED || this == STALE_TOKEN;
  }
}
