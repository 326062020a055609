package org.lesbillets.model;

/** What a token allows: each role may do all that the one before it may. */
public enum Role {
  READER("reader"),
  AGENT("agent"),
  ADMIN("admin");

  private final String wireName;

  Role(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire and in the tokens file. */
  public String wireName() {
    return wireName;
  }

  /** Whether this role may do what {@code needed} may. */
  public boolean allows(Role needed) {
    return compareTo(needed) >= 0;
  }
}
