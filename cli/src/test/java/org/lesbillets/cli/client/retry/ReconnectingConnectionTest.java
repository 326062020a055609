package org.lesbillets.cli.client.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ScriptedServer;

final class ReconnectingConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static UUID client(ScriptedServer server, int connection) {
    return UUID.fromString(server.peer(connection).header("billets-client"));
  }

  /** So that the server ends the one before, and does nothing more that was asked on it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allConnectionsOfOneClientBearItsName(boolean lasting) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      ClientSettings settings = lasting ? server.settings().keepingAlive() : server.settings();
      try (ReconnectingConnection one = new ReconnectingConnection(settings);
          ReconnectingConnection other = new ReconnectingConnection(settings)) {
        one.open(PATIENCE);
        other.open(PATIENCE);
        one.drop();
        one.open(PATIENCE);
      }
      assertEquals(client(server, 0), client(server, 2));
      assertNotEquals(client(server, 0), client(server, 1));
      assertEquals("1", server.peer(0).header("billets-connection"));
      assertEquals("2", server.peer(2).header("billets-connection"));
    }
  }
}
