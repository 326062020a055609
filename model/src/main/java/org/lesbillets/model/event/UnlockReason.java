package org.lesbillets.model.event;

/** Why a lock ended without a change that released it. */
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
