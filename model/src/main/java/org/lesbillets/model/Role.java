package org.lesbillets.model;

/** The permissions of a token, in rising order: each role includes the one before it. Immutable. */
public enum Role implements WireNamed {
  READER,
  AGENT,
  ADMIN;

  /** Whether this role may do what {@code needed} may. */
  public boolean allows(Role needed) {
    return compareTo(needed) >= 0;
  }
}
