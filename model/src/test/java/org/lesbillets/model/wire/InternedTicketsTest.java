package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ServerMessage;

class InternedTicketsTest {

  private static Ticket told(String assignee, String tag) throws WireFormatException {
    String time = "2026-11-22T09:14:03.120Z";
    String json =
        """
        {"type":"AllTickets","requestId":"1","revision":7,"journalId":"j","more":false,
         "reset":false,"total":1,"tickets":[{"id":"0192d3a0-7c1e-7000-8000-000000000001",
         "number":1,"title":"t","description":"","status":"open","priority":"low",
         "assignee":"%s","tags":["%s"],"createdAt":"%s","createdBy":"zoe-%2$s","updatedAt":"%3$s",
         "updatedBy":"zoe-%2$s","revision":7,"changedRevision":7,"commentCount":0,"lock":null}]}
        """
            .formatted(assignee, tag, time);
    return ((ServerMessage.AllTickets) MessageCodec.decodeServerMessage(json)).tickets().get(0);
  }

  @Test
  void ticketsThatAreReadShareNamesAndTags() throws Exception {
    Ticket one = told("yannick", "vip");
    Ticket other = told("yannick", "vip");
    assertSame(one.content().assignee(), other.content().assignee());
    assertSame(one.created().by(), other.updated().by());
    assertSame(one.content().tags().get(0), other.content().tags().get(0));
    assertEquals(one, other);
  }

  @Test
  void aNameThatIsNoneIsRefusedEachTime() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThrows(WireFormatException.class, () -> told("no name", "vip"));
    }
    assertEquals(List.of("vip"), told("yannick", "vip").content().tags());
  }
}
