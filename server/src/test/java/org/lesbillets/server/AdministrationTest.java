package org.lesbillets.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.session.SessionLimits;

/** Sessions listed and ended, and the server drained, over the wire. */
class AdministrationTest {
  private static final TicketRef FIRST = TicketRef.of(1);

  private TestServer server;
  private WireClient admin;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.with(Samples.journal(3), 1024 * 1024, SessionLimits.DEFAULT);
    admin = server.join("admin-ada");
  }

  @AfterEach
  void stop() {
    admin.close();
    server.close();
  }

  private List<AdminAnswer.Session> sessions() {
    admin.send(new AdminMessage.ListSessions("list"));
    return ((AdminAnswer.Sessions) admin.answer("list")).sessions();
  }

  private static RejectionCode refused(ServerMessage.Answer answer) {
    return ((ServerMessage.Rejected) answer).code();
  }

  private ServerMessage.Answer drain(Duration after, boolean cancel) {
    admin.send(new AdminMessage.Drain("drain", after, cancel));
    return admin.answer("drain");
  }

  private static ClientMessage lock(String requestId, Duration ttl, LockWait wait) {
    return new ClientMessage.LockTicket(
        requestId, null, FIRST, null, new LockTerms(ttl, null, null), wait, null);
  }

  @Test
  void theListNamesWhoIsConnectedInTheOrderOfArrival() {
    try (WireClient bob = server.join("bob")) {
      List<AdminAnswer.Session> list = sessions();
      assertEquals(List.of("admin-ada", "bob"), list.stream().map(s -> s.agent().value()).toList());
      assertEquals(List.of(Role.ADMIN, Role.AGENT), list.stream().map(s -> s.role()).toList());
      assertTrue(list.get(1).client().contains("127.0.0.1:"), list.get(1).client());
      assertEquals(0, list.get(1).behindBytes());
      assertFalse(list.get(1).since().isBefore(list.get(0).since()));
      assertEquals(0, bob.waiting());
    }
  }

  @Test
  void aKickEndsOneSessionWithItsReasonAndNoOther() {
    try (WireClient bob = server.join("bob");
        WireClient carol = server.join("carol")) {
      String id = sessions().get(1).id();
      admin.send(new AdminMessage.KickSession("kick", id, "your script loops"));
      assertTrue(admin.answer("kick") instanceof ServerMessage.Pong);
      assertEquals(4003, bob.closeCode());
      await()
          .untilAsserted(
              () ->
                  assertEquals(
                      List.of("admin-ada", "carol"),
                      sessions().stream().map(s -> s.agent().value()).toList()));
      carol.send(new ClientMessage.Ping("still here"));
      carol.answer("still here");
    }
  }

  /** Its end of the connection stays open: whoever was thrown out need not close it. */
  @Test
  void whoIsKickedGetsNothingThatItWaitedFor() throws IOException {
    try (WireClient bob = server.join("bob");
        RawClient carol = RawClient.upgraded(server.port(), "carol")) {
      assertHas(bob, Ask.lock("lock", 1));
      carol.sendText(MessageCodec.encode(lock("wait", null, LockWait.FOREVER)));
      carol.sendText(
          MessageCodec.encode(Ask.claim("wait too", "tag:vpn").queued(LockWait.FOREVER)));
      carol.sendText(MessageCodec.encode(new ClientMessage.Ping("taken")));
      while (!carol.next().text().contains("\"taken\"")) {
        // The welcome.
      }
      admin.send(new AdminMessage.KickSession("kick", sessions().get(2).id(), null));
      assertEquals(4003, carol.closeCode());
      assertHas(bob, Ask.unlock("unlock", 1, null));
      assertHas(bob, Ask.lock("lock again", 1));
      assertHas(bob, Ask.create("create", "Printer"));
      assertHas(bob, Ask.update("tag", 4, Ask.TAG));
      assertHas(bob, Ask.claim("claim", "tag:vpn"));
    }
  }

  private static void assertHas(WireClient client, ClientMessage change) {
    client.send(change);
    ServerMessage.Answer answer = client.answer(change.requestId());
    assertTrue(answer instanceof ServerMessage.EventMessage, answer::toString);
  }

  @Test
  void aSessionThatIsNotThereIsNotFound() {
    admin.send(new AdminMessage.KickSession("kick", "s-none", null));
    assertEquals(RejectionCode.NOT_FOUND, refused(admin.answer("kick")));
  }

  @Test
  void agentsAndReadersAreRefusedAndNothingHappens() {
    for (String name : List.of("bob", "reader-x")) {
      try (WireClient client = server.join(name)) {
        client.send(new AdminMessage.ListSessions("1"));
        client.send(new AdminMessage.KickSession("2", sessions().get(0).id(), null));
        client.send(new AdminMessage.Drain("3", Duration.ZERO, false));
        for (String request : List.of("1", "2", "3")) {
          assertEquals(RejectionCode.FORBIDDEN, refused(client.answer(request)));
        }
      }
    }
    server.join("carol").close();
    assertEquals("admin-ada", sessions().get(0).agent().value());
  }

  @Test
  void aDrainTellsClientsAdmitsNoneAndClosesThoseThereAre() {
    try (WireClient bob = server.join("bob")) {
      assertTrue(drain(Duration.ofMillis(300), false) instanceof ServerMessage.Pong);
      assertEquals(
          new ServerMessage.Draining(Duration.ofMillis(300), false),
          bob.next(ServerMessage.Draining.class));
      assertThrows(CompletionException.class, () -> server.connect("carol"));
      assertThrows(CompletionException.class, () -> server.connect("admin-ada"));
      assertEquals(1012, bob.closeCode());
    }
  }

  @Test
  void whileDrainedNoLeaseEndsAndNobodyWaits() {
    try (WireClient bob = server.join("bob");
        WireClient carol = server.join("carol")) {
      bob.send(lock("lock", Duration.ofSeconds(1), null));
      bob.answer("lock");
      carol.send(lock("wait", null, LockWait.FOREVER));
      carol.send(new ClientMessage.Ping("queued"));
      carol.answer("queued");
      drain(Duration.ofSeconds(60), false);
      assertEquals(RejectionCode.BUSY, refused(carol.answer("wait")));
      carol.send(lock("again", null, LockWait.FOREVER));
      assertEquals(RejectionCode.BUSY, refused(carol.answer("again")));
      long end = System.nanoTime() + SECONDS.toNanos(1) + 300_000_000;
      await().until(() -> System.nanoTime() - end > 0);
      assertTrue(isLocked(), "the lease is kept");
      drain(null, true);
      assertTrue(isLocked(), "it has its ttl again");
      carol.send(lock("after", null, LockWait.FOREVER));
      assertTrue(carol.answer("after") instanceof ServerMessage.EventMessage, "the lease ended");
    }
  }

  @Test
  void aRedactionGoesToEveryWatchAndLeavesNoTextBehind() {
    try (WireClient bob = server.join("bob")) {
      bob.send(lock("lock", null, null));
      bob.answer("lock");
      bob.send(new ClientMessage.CommentTicket("say", null, FIRST, "the secret"));
      ServerMessage.EventMessage said = (ServerMessage.EventMessage) bob.answer("say");
      bob.send(Samples.watch("w", null));
      bob.answer("w");
      Redaction comment = Redaction.ofComment(said.event().event().comment().id());
      bob.send(new ClientMessage.RedactTicket("no", null, FIRST, comment, null));
      assertEquals(RejectionCode.FORBIDDEN, refused(bob.answer("no")));
      admin.send(new ClientMessage.RedactTicket("r", null, FIRST, comment, "a password"));
      assertTrue(admin.answer("r") instanceof ServerMessage.EventMessage);
      ServerMessage.EventMessage mark = bob.next(ServerMessage.EventMessage.class);
      assertEquals("TicketRedacted", mark.type());
      assertTrue(mark.event().event().ticket().isLocked(), "the lock stays");
      admin.send(new ClientMessage.GetTicket("all", FIRST, true));
      assertFalse(admin.answer("all").toString().contains("the secret"));
      bob.send(new ClientMessage.GetTickets("w2", null, null, null, true, resumed(said)));
      assertFalse(
          bob.until(m -> m instanceof ServerMessage.EventMessage)
              .toString()
              .contains("the secret"));
      admin.send(
          new ClientMessage.RedactTicket("none", null, FIRST, Redaction.ofComment(999), null));
      assertEquals(RejectionCode.NOT_FOUND, refused(admin.answer("none")));
    }
  }

  private ResumePoint resumed(ServerMessage.EventMessage after) {
    try (WireClient other = server.connect("carol")) {
      String journal = other.next(ServerMessage.Welcome.class).journalId();
      return new ResumePoint(journal, after.event().previousRevision());
    }
  }

  private boolean isLocked() {
    admin.send(new ClientMessage.GetTicket("t", FIRST, false));
    return ((ServerMessage.TicketDetails) admin.answer("t")).ticket().isLocked();
  }

  @Test
  void aCancelledDrainAdmitsClientsAgainAndClosesNone() {
    drain(Duration.ofSeconds(60), false);
    assertThrows(CompletionException.class, () -> server.connect("bob"));
    try (WireClient other = WireClient.administering(server.port(), "admin-eve")) {
      other.send(new AdminMessage.Drain("cancel", null, true));
      assertTrue(other.answer("cancel") instanceof ServerMessage.Pong);
    }
    server.join("bob").close();
    assertThrows(
        CompletionException.class,
        () -> {
          drain(Duration.ofSeconds(60), false);
          WireClient.administering(server.port(), "bob");
        },
        "an agent does not administer");
  }
}
