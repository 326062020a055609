package org.lesbillets.cli.client;

import java.time.Duration;

/** Chooses the kind of line that a connection is made of, and opens it. */
final class LineFactory {
  private LineFactory() {}

  static Line open(
      ServerAddress server, ClientSettings settings, Duration patience, Line.Listener listener) {
    String token = settings.token().token();
    if (!isHeaderText(token)) {
      throw ConnectFailure.unusableToken(server);
    }
    return isBrief(server, settings)
        ? BriefLine.open(server, token, patience, listener)
        : TyrusLine.open(server, token, patience, listener);
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
