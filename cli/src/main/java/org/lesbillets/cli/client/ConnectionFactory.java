package org.lesbillets.cli.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.lesbillets.cli.client.transport.ConnectionSecurity;
import org.lesbillets.cli.client.transport.PlainSocketConnection;
import org.lesbillets.cli.client.transport.TyrusConnection;
import org.lesbillets.cli.client.transport.WebSocketConnection;
import org.lesbillets.model.AgentName;

/**
 * The choice between a plain socket, where there is no heartbeat or no network, and Tyrus, and the
 * translation of what fails on the way. Stateless; any thread, which blocks.
 */
final class ConnectionFactory {
  private ConnectionFactory() {}

  static WebSocketConnection open(
      ServerAddress server,
      ClientSettings settings,
      Duration patience,
      WebSocketConnection.Listener listener) {
    boolean unix = server.socket() != null;
    // The kernel says who this is.
    String token = unix ? "" : settings.token().token();
    AgentName agent = unix ? settings.token().onBehalfOf() : null;
    if (!isHeaderText(token)) {
      throw ConnectFailures.unusableToken(server);
    }
    ConnectionSecurity security =
        new ConnectionSecurity(
            token,
            agent == null ? "" : agent.value(),
            settings.trust().users(settings.token()),
            server.isSecure() ? settings.trust().tls() : null,
            settings.client());
    try {
      return settings.keepAlive() == null || unix
          ? PlainSocketConnection.open(server.uri(), security, patience, listener)
          : TyrusConnection.open(server.uri(), security, patience, listener);
    } catch (IOException e) {
      throw ConnectFailures.of(server, e);
    } catch (TimeoutException e) {
      throw ConnectFailures.silent(server, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConnectFailures.interrupted(server);
    }
  }

  private static boolean isHeaderText(String token) {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) <= ' ' || token.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
