package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;

class TicketServerTest {
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inMemory();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static ClientMessage lock(String requestId, long number) {
    return new ClientMessage.LockTicket(TicketRef.of(number), LockTerms.DEFAULT)
        .identified(requestId, null);
  }

  @Test
  void welcomesWithTheNameOfTheToken() {
    try (WireClient alice = server.connect("alice")) {
      ServerMessage.Welcome welcome = alice.next(ServerMessage.Welcome.class);
      assertEquals(new AgentName("alice"), welcome.agent());
      assertEquals(Role.AGENT, welcome.role());
      assertEquals(1, welcome.protocol());
      assertTrue(welcome.ephemeral());
    }
  }

  @Test
  void everybodyWatchingSeesALockAndItsRefusal() {
    try (WireClient alice = server.connect("alice");
        WireClient bob = server.connect("bob");
        WireClient carol = server.watching("carol")) {
      alice.send(Samples.create("1", "Printer on fire"));
      ServerMessage.EventMessage created = (ServerMessage.EventMessage) alice.answer("1");
      assertEquals(1, created.event().event().ticket().number());

      alice.send(lock("2", 1));
      ServerMessage.EventMessage locked = (ServerMessage.EventMessage) alice.answer("2");
      assertEquals(locked.event().revision(), locked.event().event().ticket().lock().token());

      bob.send(lock("3", 1));
      ServerMessage.Rejected refused = (ServerMessage.Rejected) bob.answer("3");
      assertEquals(RejectionCode.LOCKED, refused.code());
      assertTrue(refused.message().contains("alice"), refused.message());

      List<ServerMessage> seen =
          carol.until(
              m ->
                  m instanceof ServerMessage.EventMessage e
                      && e.event().event() instanceof WireEvent.TicketLocked);
      assertEquals(2, seen.size());
      ServerMessage.EventMessage first = (ServerMessage.EventMessage) seen.get(0);
      ServerMessage.EventMessage second = (ServerMessage.EventMessage) seen.get(1);
      assertNull(first.requestId());
      assertEquals(first.event().revision(), second.event().previousRevision());
      assertEquals(locked.event().revision(), second.event().revision());
    }
  }

  @Test
  void theAnswerComesAfterThePushedCopyOnAConnectionThatWatches() {
    try (WireClient alice = server.watching("alice")) {
      for (int i = 0; i < 200; i++) {
        alice.send(Samples.create("c" + i, "Ticket " + i));
        ServerMessage.EventMessage pushed = alice.next(ServerMessage.EventMessage.class);
        ServerMessage.EventMessage answer = alice.next(ServerMessage.EventMessage.class);
        assertNull(pushed.requestId());
        assertEquals("c" + i, answer.requestId());
        assertEquals(pushed.event(), answer.event());
      }
    }
  }

  @Test
  void saysOverHttpWhetherItIsWell() throws Exception {
    assertEquals(200, server.get("/healthz").statusCode());
    assertEquals("ok\n", server.get("/readyz").body());
    assertEquals(404, server.get("/nothing").statusCode());
    assertFalse(server.get("/nothing").body().contains("Exception"));
  }
}
