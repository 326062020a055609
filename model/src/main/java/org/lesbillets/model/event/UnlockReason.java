package org.lesbillets.model.event;

/** Cause of the end of a lock, other than a change that released it or a steal. */
public enum UnlockReason {
  RELEASED("released"),
  EXPIRED("expired"),
  FORCED("forced");

  private final String wireName;

  UnlockReason(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire. */
  public String wireName() {
    return wireName;
  }
}
