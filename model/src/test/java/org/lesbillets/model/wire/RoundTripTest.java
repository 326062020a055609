package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.RandomEvents;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.RandomMessages;
import org.lesbillets.model.message.ServerMessage;

class RoundTripTest {
  private static final int ROUNDS = 3_000;

  @Test
  void everyRequestComesOutAsItWentIn() throws Exception {
    SeededTest.run(
        random -> {
          RandomMessages messages = new RandomMessages(random);
          for (int i = 0; i < ROUNDS; i++) {
            ClientMessage message = messages.client();
            String json = MessageCodec.encode(message);
            ClientMessage read = MessageCodec.decodeClientMessage(json);
            assertEquals(json, MessageCodec.encode(read));
            assertEquals(message, read, json);
          }
        });
  }

  @Test
  void everyAnswerComesOutAsItWentIn() throws Exception {
    SeededTest.run(
        random -> {
          RandomMessages messages = new RandomMessages(random);
          for (int i = 0; i < ROUNDS; i++) {
            ServerMessage message = messages.server();
            String json = MessageCodec.encode(message);
            assertEquals(message, MessageCodec.decodeServerMessage(json), json);
            assertArrayEquals(
                json.getBytes(StandardCharsets.UTF_8), MessageCodec.encodeUtf8(message));
          }
        });
  }

  @Test
  void theSplicedCopiesOfAnEventEqualTheEncodedOnes() throws Exception {
    SeededTest.run(
        random -> {
          RandomEvents events = new RandomEvents(random);
          RandomMessages messages = new RandomMessages(random);
          for (int i = 0; i < ROUNDS / 3; i++) {
            copies(events.placed(), messages.requestId(), random.nextBoolean());
          }
          copies(events.placed(), "\"\\\u00e9\ud83d\ude00<", true);
        });
  }

  private static void copies(SequencedEvent event, String requestId, boolean repeated) {
    EventJson json = EventJson.of(event);
    same(ServerMessage.EventMessage.pushed(event), json.pushed());
    same(
        new ServerMessage.EventMessage(event, requestId, repeated, null),
        json.answer(requestId, repeated));
    for (Match match : Match.values()) {
      same(new ServerMessage.EventMessage(event, null, false, match), json.matched(match));
    }
  }

  private static void same(ServerMessage.EventMessage expected, byte[] actual) {
    assertEquals(MessageCodec.encode(expected), new String(actual, StandardCharsets.UTF_8));
  }

  @Test
  void aJournalGivesBackWhatItTookWhateverTheTimeLeft() throws Exception {
    SeededTest.run(
        random -> {
          RandomEvents events = new RandomEvents(random);
          for (int i = 0; i < ROUNDS; i++) {
            WireEvent event = events.event();
            WireEvent settled = RandomEvents.settled(event);
            byte[] stored = JournalCodec.encodeEvent(event, List.of());
            assertArrayEquals(JournalCodec.encodeEvent(settled, List.of()), stored);
            assertEquals(settled, JournalCodec.decodeEvent(stored));
          }
        });
  }

  @Test
  void aFingerprintIsOfWhatIsSaidNotOfItsIds() throws Exception {
    SeededTest.run(
        random -> {
          RandomTickets tickets = new RandomTickets(random);
          for (int i = 0; i < 200; i++) {
            ClientMessage.CreateTicket change =
                new ClientMessage.CreateTicket("1", tickets.uuid(), tickets.draft());
            String print = Fingerprint.of(change);
            assertTrue(print.matches("[0-9a-f]{32}"), print);
            assertEquals(print, Fingerprint.of(change.identified("2", null)));
            assertNotEquals(
                print,
                Fingerprint.of(
                    new ClientMessage.CreateTicket("1", change.operationId(), tickets.draft())));
          }
        });
  }

  /** A client that asks again waits for what is left of its time. */
  @Test
  void aFingerprintLeavesOutHowLongARequestWaits() {
    LockWait minute = new LockWait(Duration.ofMinutes(1));
    ClientMessage.LockTicket lock =
        new ClientMessage.LockTicket(TicketRef.of(1), LockTerms.DEFAULT);
    assertEquals(Fingerprint.of(lock), Fingerprint.of(lock.queued(minute)));
    ClientMessage.ClaimTicket claim = new ClientMessage.ClaimTicket(null, null, LockTerms.DEFAULT);
    assertEquals(Fingerprint.of(claim), Fingerprint.of(claim.queued(LockWait.FOREVER)));
    assertNotEquals(Fingerprint.of(claim), Fingerprint.of(claim.returning().queued(minute)));
  }
}
