package org.lesbillets.model;

/** How a server knows the agent of a connection. Immutable. */
public enum KnownBy implements WireNamed {
  /** By a token. */
  TOKEN,

  /** By the login of the user at the other end of the server's socket. */
  UNIX,

  /** By the word of a login that may act for others. */
  DELEGATE
}
