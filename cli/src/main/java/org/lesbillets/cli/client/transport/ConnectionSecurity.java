package org.lesbillets.cli.client.transport;

import java.util.function.LongPredicate;
import javax.net.ssl.SSLContext;
import org.lesbillets.model.message.HandshakeHeaders;

/**
 * The secret of a connection, and to whom it may go. Immutable; any thread.
 *
 * @param token for the handshake; "" for none
 * @param onBehalfOf the agent to act for, by name; "" for none
 * @param trustedUsers accepts the uid of a local user whose listener may have the token
 * @param tls for {@code wss}; null for {@code ws}
 */
public record ConnectionSecurity(
    String token, String onBehalfOf, LongPredicate trustedUsers, SSLContext tls) {

  public ConnectionSecurity(String token, LongPredicate trustedUsers, SSLContext tls) {
    this(token, "", trustedUsers, tls);
  }

  /** The header of the handshake that says who this is, with its line end; "" for none. */
  String header() {
    if (!token.isEmpty()) {
      return "Authorization: Bearer " + token + "\r\n";
    }
    return onBehalfOf.isEmpty() ? "" : HandshakeHeaders.AS + ": " + onBehalfOf + "\r\n";
  }

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
