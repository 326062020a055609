package org.lesbillets.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;

/** The ends of alice's lock, in words. */
class EventSentenceTest {
  private static final AgentName ALICE = new AgentName("alice");

  @ParameterizedTest
  @CsvSource({
    "alice, RELEASED, , alice unlocked #17",
    "alice, RELEASED, nobody came, alice unlocked #17: \"nobody came\"",
    "bob, FORCED, holiday, bob broke alice's lock on #17: \"holiday\"",
    "alice, FORCED, , alice broke their own lock on #17",
    ", EXPIRED, , alice's lock on #17 expired"
  })
  void theEndOfALock(String by, UnlockReason reason, String note, String sentence) {
    Ticket ticket = TicketMaker.ticket(17).make();
    Duration ttl = Duration.ofSeconds(30);
    TicketLock ended = new TicketLock(ALICE, 9, TicketMaker.NOW, ttl, ttl, null, "cli", 0);
    WireEvent event =
        new WireEvent.TicketUnlocked(
            TicketMaker.NOW, by == null ? null : new AgentName(by), ticket, reason, note, ended);
    assertEquals(sentence, EventSentence.whoAndWhat(event));
  }
}
