package org.lesbillets.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.lesbillets.model.message.ClientMessage;

final class TicketClientTest {
  @Test
  void asksAndHears() {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  ClientMessage.Ping ping = peer.read(ClientMessage.Ping.class);
                  peer.send(Samples.pong(ping, 9));
                });
        TicketClient client = server.connect()) {
      assertEquals(Samples.welcome(5), client.welcome());
      String id = client.nextRequestId();
      ClientMessage.Ping ping = new ClientMessage.Ping(id);
      assertEquals(Samples.pong(ping, 9), client.ask(ping));
      assertEquals("Bearer secret", server.peer(0).header("authorization"));
      assertNull(server.peer(0).header("origin"));
    }
  }
}
