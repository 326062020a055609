package org.lesbillets.cli.client;

import java.nio.file.Path;
import java.time.Duration;
import org.lesbillets.model.AgentName;

/** Source of the bearer token; asked once for each connection, on the connecting thread. */
@FunctionalInterface
public interface TokenSource {
  /**
   * @return the token, or "" to send none
   * @throws ConnectionException of kind UNAUTHORIZED if there is one that cannot be read
   */
  String token() throws ConnectionException;

  /** This token with a time limit for the look-up. */
  default TokenSource within(Duration patience) {
    return this;
  }

  /** The file that holds it, whose owner may be sent it; null for none. */
  default Path file() {
    return null;
  }

  /**
   * The agent to act for, over the Unix domain socket of a server that lets this account act for
   * others; null for none.
   */
  default AgentName onBehalfOf() {
    return null;
  }

  /**
   * A key that distinguishes this token from others without reading or revealing it, for caches of
   * the answers its owner got. Empty if there is nothing to distinguish it by.
   */
  default String identity() {
    return "";
  }
}
