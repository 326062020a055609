package org.lesbillets.cli.client.transport;

import java.util.function.LongPredicate;
import javax.net.ssl.SSLContext;

/**
 * The secret of a connection, and to whom it may go. Immutable; any thread.
 *
 * @param token for the handshake; "" for none
 * @param trustedUsers accepts the uid of a local user whose listener may have the token
 * @param tls for {@code wss}; null for {@code ws}
 */
public record ConnectionSecurity(String token, LongPredicate trustedUsers, SSLContext tls) {

  /** The versions of TLS to offer. */
  static String[] protocols() {
    return new String[] {"TLSv1.3", "TLSv1.2"};
  }

  /** Not the token. */
  @Override
  public String toString() {
    return token.isEmpty() ? "no token" : "a token";
  }
}
