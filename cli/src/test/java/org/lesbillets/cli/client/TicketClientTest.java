package org.lesbillets.cli.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.transport.CloseCode;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.wire.MessageCodec;

/** What a connection does while all is well. */
@ParameterizedClass
@EnumSource
final class TicketClientTest {
  @Parameter ConnectionKind line;

  @Test
  void asksAndHears() {
    try (ScriptedServer server =
            ScriptedServer.start(
                welcoming(5, peer -> peer.send(SampleMessages.pong(peer.read(), 9))));
        TicketClient client = line.connect(server)) {
      assertEquals(SampleMessages.welcome(5), client.welcome());
      ClientMessage.Ping ping = new ClientMessage.Ping(client.nextRequestId());
      assertEquals(SampleMessages.pong(ping, 9), client.ask(ping));
      assertEquals(line.address(server), client.server());
    }
  }

  @Test
  void showsItsTokenAndNoOrigin() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5));
        TicketClient client = line.connect(server)) {
      client.welcome();
      assertEquals(
          line == ConnectionKind.UNIX ? null : "Bearer secret",
          server.peer(0).header("authorization"));
      assertNull(server.peer(0).header("origin"));
    }
  }

  @Test
  void anEmptyTokenIsNotShown() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5));
        TicketClient client =
            TicketClient.connect(
                line.of(
                    new ClientSettings(
                        List.of(server.address()), () -> "", Duration.ofSeconds(20))),
                PushListener.NONE)) {
      client.welcome();
      assertNull(server.peer(0).header("authorization"));
    }
  }

  @Test
  void answersMayComeInAnyOrder() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  List<ClientMessage> requests = new ArrayList<>();
                  for (int i = 0; i < 50; i++) {
                    requests.add(0, peer.read());
                  }
                  for (ClientMessage request : requests) {
                    peer.send(SampleMessages.pong(request, Long.parseLong(request.requestId())));
                  }
                });
        TicketClient client = line.connect(server)) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(client.send(new ClientMessage.Ping(client.nextRequestId())));
      }
      for (int i = 0; i < 50; i++) {
        String id = Integer.toString(i + 1);
        assertEquals(new ServerMessage.Pong(id, i + 1), answers.get(i).get());
      }
    }
  }

  @Test
  void putsThePartsOfAListTogether() {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  ClientMessage list = peer.read();
                  ClientMessage ping = peer.read();
                  peer.send(part(list, true, 1, 2));
                  peer.send(SampleMessages.pong(ping, 5));
                  peer.sendJoined(part(list, true, 3, 4), part(list, false, 5, 5));
                });
        TicketClient client = line.connect(server)) {
      CompletableFuture<Answer> list = client.send(SampleMessages.list("list"));
      client.ask(new ClientMessage.Ping("ping"));
      ServerMessage.AllTickets snapshot = (ServerMessage.AllTickets) list.join();
      assertEquals(
          List.of(1L, 2L, 3L, 4L, 5L), snapshot.tickets().stream().map(Ticket::number).toList());
      assertEquals(50, snapshot.revision());
      assertEquals(9, snapshot.total());
    }
  }

  @Test
  void putsThePartsOfAListOfFieldsTogether() {
    Projection titles = Projection.of(List.of("title"));
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  ClientMessage list = peer.read();
                  peer.send(MessageCodec.projected(part(list, true, 1, 2), titles));
                  peer.send(MessageCodec.projected(part(list, false, 3, 3), titles));
                });
        TicketClient client = line.connect(server)) {
      ServerMessage.AllTickets list = client.tickets(SampleMessages.list("list").telling(titles));
      assertEquals(List.of(), list.tickets());
      assertEquals(titles.fields(), list.rows().fields());
      assertEquals(
          List.of("ticket 1", "ticket 2", "ticket 3"),
          list.rows().rows().stream().map(row -> row.text("title")).toList());
    }
  }

  private static ServerMessage.AllTickets part(
      ClientMessage list, boolean more, long from, long to) {
    List<Ticket> tickets =
        LongStream.rangeClosed(from, to).mapToObj(n -> SampleMessages.ticket(n, n)).toList();
    return new ServerMessage.AllTickets(
        list.requestId(), tickets, 50, SampleMessages.JOURNAL, more, false, 9);
  }

  @Test
  void aRefusedListIsThrown() {
    try (ScriptedServer server =
            ScriptedServer.start(welcoming(5, peer -> peer.reject(RejectionCode.INVALID)));
        TicketClient client = line.connect(server)) {
      RejectedException e =
          assertThrows(RejectedException.class, () -> client.tickets(SampleMessages.list("1")));
      assertEquals(RejectionCode.INVALID, e.code());
      assertEquals("refused: INVALID", e.getMessage());
    }
  }

  /** Each way a message can be laid over frames and packets. */
  @ParameterizedTest
  @ValueSource(strings = {"whole", "fragmented", "trickling", "large", "large fragmented"})
  void readsAMessageHoweverItComes(String way) {
    int length = way.startsWith("large") ? 1_500_000 : 300;
    Ticket ticket = SampleMessages.ticket(1, "large", "é€\n\"\\".repeat(length / 8), 5);
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  ServerMessage all = SampleMessages.all(peer.read(), 5, false, ticket);
                  switch (way) {
                    case "fragmented" -> peer.sendFragmented(all, 7);
                    case "large fragmented" -> peer.sendFragmented(all, 40);
                    case "trickling" -> peer.sendTrickling(all);
                    default -> peer.send(all);
                  }
                });
        TicketClient client = line.connect(server)) {
      assertEquals(List.of(ticket), client.tickets(SampleMessages.list("1")).tickets());
    }
  }

  @Test
  void pushesComeInOrderEvenInOneWrite() {
    int count = 2_000;
    List<ServerMessage> heard = new CopyOnWriteArrayList<>();
    CountDownLatch all = new CountDownLatch(count);
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(0);
                  ServerMessage[] events = new ServerMessage[count];
                  for (int i = 0; i < count; i++) {
                    events[i] = SampleMessages.pushed(i + 1, i);
                  }
                  peer.sendJoined(events);
                });
        TicketClient client =
            line.connect(
                server,
                new RecordingPushes() {
                  @Override
                  public void onPush(ServerMessage.Push message) {
                    heard.add(message);
                    all.countDown();
                  }
                })) {
      client.welcome();
      await().until(() -> all.getCount() == 0);
      assertEquals(
          LongStream.rangeClosed(1, count).boxed().toList(),
          heard.stream().map(m -> ((ServerMessage.EventMessage) m).event().revision()).toList());
    }
  }

  @Test
  void tellsPushesFromAnswersAndIgnoresWhatItDoesNotKnow() {
    RecordingPushes pushes = new RecordingPushes();
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  ClientMessage request = peer.read();
                  peer.send("{\"type\":\"Confetti\",\"amount\":3}");
                  peer.push(6, 5);
                  peer.send(new ServerMessage.Position(6));
                  peer.send(new ServerMessage.Draining(Duration.ofSeconds(3), false));
                  peer.send(new ServerMessage.Pong("nobody asked", 6));
                  peer.answer(request, 6);
                });
        TicketClient client = line.connect(server, pushes)) {
      ClientMessage create = SampleMessages.create("1", new UUID(1, 1));
      assertEquals(SampleMessages.answer(create, 6), client.ask(create));
      assertEquals(
          List.of(
              SampleMessages.pushed(6, 5),
              new ServerMessage.Position(6),
              new ServerMessage.Draining(Duration.ofSeconds(3), false)),
          pushes.pushed());
    }
  }

  @Test
  void answersPings() {
    try (ScriptedServer server = ScriptedServer.start(welcoming(5, peer -> peer.ping()));
        TicketClient client = line.connect(server)) {
      client.welcome();
      await().until(() -> server.peer(0).pongs() == 1);
    }
  }

  @Test
  void aRequestBeyondTheLimitIsRefusedHere() {
    try (ScriptedServer server =
            ScriptedServer.start(
                welcoming(
                    5,
                    peer ->
                        peer.send(SampleMessages.pong(peer.read(ClientMessage.Ping.class), 5))));
        TicketClient client = line.connect(server)) {
      Answer answer = client.ask(comment(client, "é".repeat(140_000)));
      assertEquals(RejectionCode.TOO_LARGE, ((ServerMessage.Rejected) answer).code());
      client.ask(new ClientMessage.Ping(client.nextRequestId()));
    }
  }

  private static ClientMessage comment(TicketClient client, String text) {
    return new ClientMessage.CommentTicket(
        client.nextRequestId(), null, org.lesbillets.model.TicketRef.of(1), text);
  }

  @Test
  void aRequestIdIsUsedOnceAtATime() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5));
        TicketClient client = line.connect(server)) {
      client.send(new ClientMessage.Ping("twice"));
      assertThrows(
          IllegalArgumentException.class, () -> client.send(new ClientMessage.Ping("twice")));
    }
  }

  @Test
  void unansweredRequestsAreBounded() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5));
        TicketClient client = line.connect(server)) {
      for (int i = 0; i < PendingRequests.LIMIT; i++) {
        client.send(new ClientMessage.Ping(client.nextRequestId()));
      }
      assertThrows(
          IllegalStateException.class, () -> client.send(new ClientMessage.Ping("one more")));
    }
  }

  @Test
  void pingsAPeerThatIsToBeKept() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      KeepAlive quick = new KeepAlive(Duration.ofMillis(20), Duration.ofSeconds(20));
      ClientSettings kept = server.settings().keepingAlive(quick);
      try (TicketClient client = TicketClient.connect(kept, PushListener.NONE)) {
        await().until(() -> server.peer(0).pings() >= 3);
        assertTrue(client.isOpen());
      }
    }
  }

  @Test
  void closingSaysGoodbyeAndIsHeardOnce() {
    RecordingPushes pushes = new RecordingPushes();
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      TicketClient client = line.connect(server, pushes);
      client.welcome();
      client.close();
      client.close();
      await().until(() -> server.peer(0).closeCode() == CloseCode.NORMAL);
      assertEquals(1, pushes.notices().size());
      assertEquals(CloseCode.NORMAL, pushes.notices().get(0).code());
    }
  }
}
