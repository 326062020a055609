package org.lesbillets.cli.client.transport;

import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import javax.net.ssl.SSLContext;
import org.lesbillets.model.message.ClientConnection;
import org.lesbillets.model.message.HandshakeHeaders;

/**
 * The secret of a connection, and to whom it may go. Immutable; any thread.
 *
 * @param token for the handshake; "" for none
 * @param onBehalfOf the agent to act for, by name; "" for none
 * @param trustedUsers accepts the uid of a local user whose listener may have the token
 * @param tls for {@code wss}; null for {@code ws}
 * @param client whose earlier connection it replaces; null for a connection that is alone
 */
public record ConnectionSecurity(
    String token,
    String onBehalfOf,
    LongPredicate trustedUsers,
    SSLContext tls,
    ClientConnection client) {

  public ConnectionSecurity(String token, LongPredicate trustedUsers, SSLContext tls) {
    this(token, "", trustedUsers, tls, null);
  }

  /** The headers of the handshake that say who this is, with their line ends; "" for none. */
  String headers() {
    return client == null
        ? identity()
        : identity()
            + HandshakeHeaders.CLIENT
            + ": "
            + client.client()
            + "\r\n"
            + HandshakeHeaders.CONNECTION
            + ": "
            + client.number()
            + "\r\n";
  }

  /** Adds the headers that name the client, if it has a name. */
  void nameClient(Map<String, List<String>> headers) {
    if (client != null) {
      headers.put(HandshakeHeaders.CLIENT, List.of(client.client().toString()));
      headers.put(HandshakeHeaders.CONNECTION, List.of(Long.toString(client.number())));
    }
  }

  private String identity() {
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
