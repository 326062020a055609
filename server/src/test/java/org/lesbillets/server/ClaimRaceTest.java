package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;

/** Claims of real clients of a real server: they race for one ticket, and wait for the next. */
class ClaimRaceTest {
  private static final int ROUNDS = 100;
  private static final int RACERS = 8;
  private static final int WAITERS = 20;

  private final List<WireClient> clients = new ArrayList<>();
  private TestServer server;
  private WireClient maker;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inMemory();
    maker = connect("carol");
  }

  @AfterEach
  void stop() {
    clients.forEach(WireClient::close);
    server.close();
  }

  private WireClient connect(String agent) {
    WireClient client = server.connect(agent);
    client.next(ServerMessage.Welcome.class);
    clients.add(client);
    return client;
  }

  private void create(String id) {
    maker.send(new ClientMessage.CreateTicket(id, null, TicketContent.titled(id))).answer(id);
  }

  private static ClientMessage.ClaimTicket claim(String id) {
    return new ClientMessage.ClaimTicket(null, null, LockTerms.DEFAULT).identified(id, null);
  }

  private static TicketLocked claimed(ServerMessage answer) {
    return (TicketLocked)
        assertInstanceOf(ServerMessage.EventMessage.class, answer).event().event();
  }

  @Test
  void oneOfEightWinsEachTime() {
    IntStream.range(0, RACERS).forEach(i -> connect(i % 2 == 0 ? "alice" : "bob"));
    List<WireClient> racers = clients.subList(1, 1 + RACERS);
    for (int round = 0; round < ROUNDS; round++) {
      String id = "r" + round;
      create(id);
      racers.forEach(racer -> racer.send(claim(id)));
      List<ServerMessage.Answer> answers = racers.stream().map(r -> r.answer(id)).toList();
      List<ServerMessage.Answer> refused =
          answers.stream().filter(ServerMessage.Rejected.class::isInstance).toList();
      assertEquals(RACERS - 1, refused.size(), () -> "round " + id + ": " + answers);
      refused.forEach(
          no -> assertEquals(RejectionCode.NOT_FOUND, ((ServerMessage.Rejected) no).code()));
    }
  }

  /** Nothing else reaches them: the next that each reads is its ticket. */
  @Test
  void thoseWhoWaitGetTheTicketsInTheirOrderAndNothingBefore() {
    for (int i = 0; i < WAITERS; i++) {
      WireClient waiter = connect(i % 2 == 0 ? "alice" : "bob");
      waiter.send(claim("w").queued(LockWait.FOREVER));
      waiter.send(new ClientMessage.Ping("there"));
      waiter.answer("there");
    }
    for (int i = 0; i < WAITERS; i++) {
      create("t" + i);
      TicketLocked granted = claimed(clients.get(1 + i).next());
      assertEquals("t" + i, granted.ticket().content().title());
      assertTrue(granted.claimed());
    }
  }

  @Test
  void oneThatReconnectsGetsItsTicketOnce() {
    UUID operation = UUID.randomUUID();
    WireClient first = connect("alice");
    ClientMessage.ClaimTicket wanted = claim("w").queued(LockWait.FOREVER);
    first.send(wanted.identified("w", operation));
    first.send(new ClientMessage.Ping("there")).answer("there");
    first.close();
    WireClient second = connect("alice");
    second.send(wanted.identified("again", operation));
    second.send(new ClientMessage.Ping("there")).answer("there");
    create("t");
    TicketLocked granted = claimed(second.next());
    WireClient third = connect("alice");
    third.send(claim("third").identified("third", operation));
    ServerMessage.EventMessage repeated = (ServerMessage.EventMessage) third.answer("third");
    assertTrue(repeated.repeated());
    assertEquals(granted.ticket().lock().token(), claimed(repeated).ticket().lock().token());
  }
}
