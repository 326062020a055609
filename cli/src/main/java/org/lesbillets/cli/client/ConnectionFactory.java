package org.lesbillets.cli.client;

import java.time.Duration;
import org.lesbillets.cli.client.transport.PlainSocketConnection;
import org.lesbillets.cli.client.transport.TyrusConnection;
import org.lesbillets.cli.client.transport.WebSocketConnection;

/** Chooses the kind of line that a connection is made of, and opens it. */
final class ConnectionFactory {
  private ConnectionFactory() {}

  static WebSocketConnection open(
      ServerAddress server,
      ClientSettings settings,
      Duration patience,
      WebSocketConnection.Listener listener) {
    String token = settings.token().token();
    if (!isHeaderText(token)) {
      throw ConnectFailure.unusableToken(server);
    }
    return isBrief(server, settings)
        ? PlainSocketConnection.open(server, token, patience, listener)
        : TyrusConnection.open(server, token, patience, listener);
  }

  private static boolean isHeaderText(String token) {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) <= ' ' || token.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** TLS, and what lives longer than an answer, is Tyrus's business. */
  private static boolean isBrief(ServerAddress server, ClientSettings settings) {
    return settings.keepAlive() == null && server.uri().getScheme().equals("ws");
  }
}
