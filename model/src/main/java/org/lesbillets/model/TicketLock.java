package org.lesbillets.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A lease on a ticket: the exclusive right of its holder to change it, with a time limit and a
 * fencing token. Immutable; any thread.
 *
 * <p>{@code expiresIn} and {@code waiting} are valid at the moment of encoding only; a {@link
 * TicketBook} keeps the lock {@linkplain #settled() settled}, so that two folds of the same events
 * are equal.
 *
 * @param holder the agent with the right
 * @param token the revision of the event that granted it, and so a fencing token: strictly rising
 *     over the life of a journal; {@link #SELF} while that revision is not known yet
 * @param since when it was granted, on the server's wall clock; a renewal does not move it
 * @param ttl how long it lasts after it was granted or last renewed; 1 s to 8 h
 * @param expiresIn remaining time at the moment of encoding; never negative
 * @param note why it is held, or null; at most 200 code points
 * @param client what holds it ("cli", "tui", …), or null; at most 200 code points
 * @param waiting length of its wait queue at the moment of encoding; 0 or more
 * @param kind how it was taken; a renewal does not change it
 */
public record TicketLock(
    AgentName holder,
    long token,
    Instant since,
    Duration ttl,
    Duration expiresIn,
    String note,
    String client,
    int waiting,
    LockKind kind) {

  /** Stands for "the revision of the event that carries this lock" until that is known. */
  public static final long SELF = 0;

  public TicketLock {
    Objects.requireNonNull(holder, "holder");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(ttl, "ttl");
    Objects.requireNonNull(expiresIn, "expiresIn");
    Objects.requireNonNull(kind, "kind");
  }

  /** A lock that no claim took. */
  public TicketLock(
      AgentName holder,
      long token,
      Instant since,
      Duration ttl,
      Duration expiresIn,
      String note,
      String client,
      int waiting) {
    this(holder, token, since, ttl, expiresIn, note, client, waiting, LockKind.PLAIN);
  }

  /** The lock without what is valid at one moment only: full ttl remaining, empty wait queue. */
  public TicketLock settled() {
    return withRemaining(ttl, 0);
  }

  /** The lock with its remaining time and the length of its wait queue now. */
  public TicketLock withRemaining(Duration expiresIn, int waiting) {
    return this.expiresIn.equals(expiresIn) && this.waiting == waiting
        ? this
        : new TicketLock(holder, token, since, ttl, expiresIn, note, client, waiting, kind);
  }

  /** The same lock under the token it was granted. */
  public TicketLock withToken(long token) {
    return new TicketLock(holder, token, since, ttl, expiresIn, note, client, waiting, kind);
  }

  /** The same lock as another kind of lock. */
  public TicketLock withKind(LockKind kind) {
    return new TicketLock(holder, token, since, ttl, expiresIn, note, client, waiting, kind);
  }
}
