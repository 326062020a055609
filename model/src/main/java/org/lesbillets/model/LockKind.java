package org.lesbillets.model;

/** The origin of a lock, which decides whether its end takes the assignment back. Immutable. */
public enum LockKind {
  /** Taken by LockTicket, or by stealing: its end leaves the assignee alone. */
  PLAIN,
  /** Taken by a claim: its end leaves the assignee alone unless the holder gives it back. */
  CLAIM,
  /** Taken by a claim that goes back to the pool when it ends other than by a plain release. */
  RETURNING_CLAIM;

  /**
   * The kind with these flags.
   *
   * @param claimed whether a claim took the lock
   * @param returns whether the claim goes back to the pool; implies {@code claimed}
   */
  public static LockKind of(boolean claimed, boolean returns) {
    if (returns) {
      return RETURNING_CLAIM;
    }
    return claimed ? CLAIM : PLAIN;
  }

  /** Whether a claim took the lock. */
  public boolean isClaim() {
    return this != PLAIN;
  }

  /** Whether the claim returns to the pool when its lease expires or its work fails. */
  public boolean returns() {
    return this == RETURNING_CLAIM;
  }
}
