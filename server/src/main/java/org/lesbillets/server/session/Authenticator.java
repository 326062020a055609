package org.lesbillets.server.session;

import java.util.Optional;

/** Maps tokens to their owners. Any thread; does not block for longer than a small file takes. */
@FunctionalInterface
public interface Authenticator {

  /**
   * The owner of a token, from memory.
   *
   * @param token as received
   * @return empty when it is not known
   */
  Optional<SessionOrigin> identify(String token);

  /**
   * The owner of a token, with a look at the store first: a token may have been added just now.
   * Costs more, so that callers limit it.
   */
  default Optional<SessionOrigin> identifyFresh(String token) {
    return identify(token);
  }

  /** A sentence when no token can be checked at present: admission fails closed. */
  default Optional<String> trouble() {
    return Optional.empty();
  }
}
