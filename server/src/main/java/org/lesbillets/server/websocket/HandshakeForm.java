package org.lesbillets.server.websocket;

import java.util.Base64;
import java.util.Optional;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.lesbillets.model.message.ClientConnection;
import org.lesbillets.model.message.HandshakeHeaders;
import org.lesbillets.server.websocket.RequestAuthorizer.Verdict;

/** The form of a handshake: RFC 6455, section 4.2.1. Stateless; any thread. */
final class HandshakeForm {
  private static final int KEY_BYTES = 16;
  private static final int KEY_CHARACTERS = 24;

  private HandshakeForm() {}

  /** Whether a request asks for a WebSocket. */
  static boolean isHandshake(HttpRequestPacket request) {
    return "websocket".equalsIgnoreCase(request.getUpgrade());
  }

  /**
   * Why a handshake is refused.
   *
   * @param early whether bytes followed the header of the request
   */
  static Optional<Verdict> fault(HttpRequestPacket request, boolean early) {
    if (request.getMethod() != Method.GET) {
      return Optional.of(new Verdict(null, HttpAnswer.methodNotAllowed("GET"), Refusal.MALFORMED));
    }
    if (request.getProtocol() != Protocol.HTTP_1_1) {
      return Optional.of(Verdict.malformed("A handshake needs HTTP/1.1."));
    }
    if (!hasToken(request.getHeader("Connection"), "upgrade")) {
      return Optional.of(Verdict.malformed("A handshake has the header Connection: Upgrade."));
    }
    if (early || request.getContentLength() > 0 || request.getHeader("Transfer-Encoding") != null) {
      return Optional.of(Verdict.malformed("A handshake has no body, and waits for its answer."));
    }
    String version = request.getHeader("Sec-WebSocket-Version");
    if (version == null || !version.matches("[0-9]{1,3}")) {
      return Optional.of(
          Verdict.malformed("A handshake has the header Sec-WebSocket-Version: 13."));
    }
    if (!version.equals("13")) {
      return Optional.of(
          Verdict.refused(Refusal.MALFORMED, 426, "The version of the WebSocket protocol is 13.")
              .with("Sec-WebSocket-Version", "13")
              .with("Upgrade", "websocket"));
    }
    return isKey(request.getHeader("Sec-WebSocket-Key"))
        ? Optional.empty()
        : Optional.of(
            Verdict.malformed("A handshake has a Sec-WebSocket-Key of 16 bytes in base64."));
  }

  private static boolean hasToken(String list, String token) {
    if (list != null) {
      for (String element : list.split(",")) {
        if (element.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isKey(String key) {
    if (key == null || key.length() != KEY_CHARACTERS) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A verdict that admits, with the connection of the client that the headers name, if any. */
  static Verdict ofClient(Verdict verdict, HttpRequestPacket request) {
    String client = request.getHeader(HandshakeHeaders.CLIENT);
    if (client == null) {
      return verdict;
    }
    try {
      String number = request.getHeader(HandshakeHeaders.CONNECTION);
      ClientConnection connection = ClientConnection.parse(client, number);
      return Verdict.admitting(verdict.admitted().of(connection));
    } catch (IllegalArgumentException e) {
      return Verdict.malformed(
          "%s is a UUID, or not there, and %s a number."
              .formatted(HandshakeHeaders.CLIENT, HandshakeHeaders.CONNECTION));
    }
  }
}
