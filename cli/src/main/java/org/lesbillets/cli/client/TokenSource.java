package org.lesbillets.cli.client;

/** Where the bearer token comes from; asked once for each connection that is made. */
@FunctionalInterface
public interface TokenSource {
  /** For a connection without a token. */
  TokenSource NONE = () -> "";

  /**
   * @return the token, or "" to send none
   * @throws ConnectionException of kind UNAUTHORIZED if there ought to be one and it cannot be read
   */
  String token() throws ConnectionException;
}
