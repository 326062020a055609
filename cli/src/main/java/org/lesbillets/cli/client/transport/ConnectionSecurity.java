package org.lesbillets.cli.client.transport;

import java.util.function.LongPredicate;

/**
 * The secret of a connection, and to whom it may go. Immutable; any thread.
 *
 * @param token for the handshake; "" for none
 * @param trustedUsers accepts the uid of a local user whose listener may have the token
 */
public record ConnectionSecurity(String token, LongPredicate trustedUsers) {

  /** Not the token. */
  @Override
  public String toString() {
    return token.isEmpty() ? "no token" : "a token";
  }
}
