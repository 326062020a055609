package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.RuleSamples;
import org.lesbillets.model.rules.TicketRules;

/** The way of a request to its turn. */
class DeskDispatchTest {
  @Test
  void whatIsNotAdmittedIsAnsweredOnceAndDoesNothing() {
    try (ManualDesk hand = new ManualDesk()) {
      for (Role role : Role.values()) {
        for (ClientMessage message : RuleSamples.everyMessage().values()) {
          Asker asker = new Asker("somebody", role);
          if (TicketRules.refusal(message, role).isPresent()) {
            hand.ask(asker, message);
            asker.rejected(message.requestId());
          }
        }
      }
      assertEquals(List.of(), hand.journal().held());
      assertEquals(0, hand.desk().unanswered());
      assertEquals(0, hand.journal().readCount());
    }
  }
}
