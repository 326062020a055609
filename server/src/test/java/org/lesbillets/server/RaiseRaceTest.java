package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/** Raises and sleeps between real clients of a real server. */
class RaiseRaceTest {
  private static final int CLIENTS = 3;
  private static final int KEYS = 100;
  private static final int RAISES = 1_000;
  private static final int SLEEPERS = 1_000;
  private static final int PIPELINE = 100;

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inMemory();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Sends requests in batches, and waits for the answers of each. */
  private static void pipelined(WireClient client, List<ClientMessage> requests) {
    for (int from = 0; from < requests.size(); from += PIPELINE) {
      List<ClientMessage> some = requests.subList(from, Math.min(requests.size(), from + PIPELINE));
      some.forEach(client::send);
      for (int answers = 0; answers < some.size(); ) {
        ServerMessage message = client.next();
        assertFalse(message instanceof ServerMessage.Rejected, message::toString);
        boolean answered =
            message instanceof ServerMessage.EventMessage event && event.requestId() != null;
        answers += answered ? 1 : 0;
      }
    }
  }

  @Test
  void threeClientsRaiseAHundredTroublesAThousandTimes() {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int c = 0; c < CLIENTS; c++) {
      String name = "agent" + c;
      all.add(CompletableFuture.runAsync(() -> raise(name)));
    }
    all.forEach(CompletableFuture::join);
    try (WireClient reader = server.connect("reader")) {
      List<Ticket> tickets = tickets(reader);
      assertEquals(KEYS, tickets.size());
      assertTrue(tickets.stream().allMatch(Ticket::ownsKey));
      long raised = tickets.stream().mapToLong(t -> t.content().get(TicketField.RAISED)).sum();
      assertEquals(CLIENTS * RAISES, raised);
    }
  }

  private void raise(String name) {
    try (WireClient client = server.connect(name)) {
      List<ClientMessage> requests = new ArrayList<>();
      for (int i = 0; i < RAISES; i++) {
        String key = "trouble:" + i % KEYS;
        requests.add(
            new ClientMessage.RaiseTicket(
                name + i, null, key, TicketContent.titled(key), "seen", null));
      }
      pipelined(client, requests);
    }
  }

  @Test
  void aThousandSleepersWakeWithinASecond() {
    try (WireClient client = server.connect("alice")) {
      List<ClientMessage> creations = new ArrayList<>();
      List<ClientMessage> snoozes = new ArrayList<>();
      Instant wakeAt = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
      TicketPatch asleep = TicketPatch.of(TicketField.WAKE_AT, wakeAt);
      for (int i = 1; i <= SLEEPERS; i++) {
        creations.add(
            new ClientMessage.CreateTicket("c" + i, null, TicketContent.titled("Later " + i)));
        snoozes.add(
            new ClientMessage.UpdateTicket(
                "s" + i, null, TicketRef.of(i), asleep, null, null, false));
      }
      pipelined(client, creations);
      pipelined(client, snoozes);
      client.send(ClientMessage.GetTickets.watching("w", null, null));
      int awake = (int) parts(client, "w").stream().filter(t -> !t.isAsleep()).count();
      while (awake < SLEEPERS) {
        if (client.next() instanceof ServerMessage.EventMessage event
            && event.event().event() instanceof WireEvent.TicketUpdated woken) {
          assertNull(woken.by());
          Duration late = Duration.between(wakeAt, woken.at());
          assertTrue(late.compareTo(Duration.ofSeconds(1)) < 0, () -> "woken after " + late);
          awake++;
        }
      }
    }
  }

  private static List<Ticket> tickets(WireClient client) {
    client.send(new ClientMessage.GetTickets("all", null, null, null));
    return parts(client, "all");
  }

  private static List<Ticket> parts(WireClient client, String requestId) {
    List<Ticket> tickets = new ArrayList<>();
    ServerMessage.AllTickets part;
    do {
      part = (ServerMessage.AllTickets) client.answer(requestId);
      tickets.addAll(part.tickets());
    } while (part.more());
    return tickets;
  }
}
