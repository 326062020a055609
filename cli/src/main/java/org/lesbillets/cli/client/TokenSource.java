package org.lesbillets.cli.client;

import java.time.Duration;

/** Where the bearer token comes from; asked once for each connection that is made. */
@FunctionalInterface
public interface TokenSource {
  /**
   * @return the token, or "" to send none
   * @throws ConnectionException of kind UNAUTHORIZED if there ought to be one and it cannot be read
   */
  String token() throws ConnectionException;

  /** This token for somebody who waits no longer than that for it. */
  default TokenSource within(Duration patience) {
    return this;
  }

  /**
   * Tells this token from others without reading or telling it: for what is kept of the answers its
   * owner got. Empty where there is nothing to tell.
   */
  default String identity() {
    return "";
  }
}
