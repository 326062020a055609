package org.lesbillets.cli.client.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Changes over real connections; which failures are tried again is RetryingCallTest's. */
final class ChangeSenderTest {
  private static final UUID OPERATION = new UUID(3, 4);

  @Test
  void sendsTheSameOperationOverANewConnection() {
    List<UpdateTicket> heard = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  heard.add(peer.read(UpdateTicket.class));
                  peer.cut();
                },
                peer -> {
                  peer.welcome(5);
                  ClientMessage busy = peer.read();
                  heard.add((UpdateTicket) busy);
                  peer.reject(busy, RejectionCode.BUSY);
                  UpdateTicket last = peer.read(UpdateTicket.class);
                  heard.add(last);
                  peer.answer(last, 6);
                });
        ChangeSender sender = new ChangeSender(server.settings())) {
      EventMessage event = sender.change(SampleMessages.update(OPERATION));
      assertEquals(6, event.event().revision());
      assertEquals(2, server.connections());
      assertEquals(
          List.of(OPERATION, OPERATION, OPERATION),
          heard.stream().map(UpdateTicket::operationId).toList());
    }
  }

  @Test
  void readsAndChangesOverOneConnection() {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  peer.send(
                      SampleMessages.all(peer.read(), 5, false, SampleMessages.ticket(17, 5)));
                  peer.answer(peer.read(), 6);
                  peer.answer(peer.read(), 7);
                });
        ChangeSender sender = new ChangeSender(server.settings())) {
      TicketClient client = sender.client();
      client.tickets(SampleMessages.list(client.nextRequestId()));
      sender.change(SampleMessages.update(null));
      sender.change(SampleMessages.update(null));
      assertSame(client, sender.client());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void aClosedSenderConnectsAnew() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      ChangeSender sender = new ChangeSender(server.settings());
      TicketClient first = sender.client();
      sender.close();
      assertNotSame(first, sender.client());
      sender.close();
    }
  }

  @Test
  void anOutcomeThatStaysUnknownIsTold() {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  peer.read();
                  peer.cut();
                });
        ChangeSender sender = new ChangeSender(server.settings(Duration.ofSeconds(2)))) {
      ConnectionException e =
          assertThrows(
              ConnectionException.class, () -> sender.change(SampleMessages.update(OPERATION)));
      assertEquals(Kind.TIMEOUT, e.kind());
      assertTrue(e.getMessage().contains(OPERATION.toString()), e.getMessage());
      assertTrue(server.connections() > 1);
    }
  }
}
