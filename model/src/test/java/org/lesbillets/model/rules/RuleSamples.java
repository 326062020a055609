package org.lesbillets.model.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RandomMessages;

/** What the rules are tried on. */
public final class RuleSamples {
  public static final Instant NOW = TicketMaker.NOW;
  public static final AgentName ALICE = new AgentName("alice");
  public static final AgentName BOB = new AgentName("bob");
  public static final LockTerms TERMS = new LockTerms(Duration.ofSeconds(30), "calling", "tui");

  private RuleSamples() {}

  /** What a change is decided upon where nothing is known of earlier locks. */
  public static TicketRules.Case facts(TicketId id, Ticket ticket, AgentName agent, Instant now) {
    return new TicketRules.Case(
        id, ticket, agent, true, token -> Optional.empty(), KeyFacts.NONE, now);
  }

  /** Ticket 17, open, free, with a description. */
  public static Ticket ticket() {
    return TicketMaker.ticket(17).title("Printer on fire").description("It burns.").make();
  }

  /** Ticket 17 locked under token 40 for 15 min, two of which are over. */
  public static Ticket locked(AgentName holder, String note, String client) {
    return ticket()
        .withRevision(50, 20)
        .withLock(
            new TicketLock(
                holder,
                40,
                NOW.minusSeconds(120),
                Duration.ofMinutes(15),
                Duration.ofMinutes(13),
                note,
                client,
                0));
  }

  /** One request of each type, by its type. */
  public static Map<String, ClientMessage> everyMessage() {
    RandomMessages random = new RandomMessages(new Random(17));
    Map<String, ClientMessage> samples = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      ClientMessage message = random.client();
      samples.put(message.type(), message);
    }
    return samples;
  }
}
