package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.ServerMessage;

/** What a program in another language can count on, said by hand. */
class MessageCodecTest {
  private static final String TICKET =
      "{'id':'5b7c4c1a-9a0e-4a51-8a52-0d6a4a4f0f11','number':17,'title':'Printer on fire',"
          + "'status':'open','priority':'urgent','createdAt':'2026-11-22T09:14:03.120Z',"
          + "'createdBy':'alice','updatedAt':'2026-11-22T09:14:03.120Z','updatedBy':'alice',"
          + "'revision':90,'changedRevision':88,'commentCount':2}";

  private static ClientMessage request(String json) throws WireFormatException {
    return MessageCodec.decodeClientMessage(json.replace('\'', '"'));
  }

  private static ServerMessage answer(String json) throws WireFormatException {
    return MessageCodec.decodeServerMessage(json.replace('\'', '"'));
  }

  @Test
  void aTicketIsNamedByNumberDigitsUuidOrPrefix() throws Exception {
    for (String written : new String[] {"17", "'17'", "'017'"}) {
      ClientMessage.GetTicket message =
          (ClientMessage.GetTicket)
              request("{'type':'GetTicket','requestId':'1','ticket':" + written + "}");
      assertEquals(TicketRef.of(17), message.ticket());
    }
    ClientMessage.GetTicket message =
        (ClientMessage.GetTicket) request("{'type':'GetTicket','requestId':'1','ticket':'5B7c'}");
    assertEquals(TicketRef.parse("5b7c"), message.ticket());
  }

  @Test
  void aLockRequestIsReadInWhole() throws Exception {
    ClientMessage expected =
        new ClientMessage.LockTicket(
            "7",
            null,
            TicketRef.of(17),
            null,
            new LockTerms(Duration.ofSeconds(30), "calling", "cli"),
            new LockWait(Duration.ofSeconds(5)),
            new LockBreak(91, "gone home"));
    assertEquals(
        expected,
        request(
            "{'note':'calling','type':'LockTicket','requestId':'7','ticket':17,'client':'cli',"
                + "'ttlMillis':30000,'steal':{'reason':'gone home','token':91},"
                + "'waitMillis':5000,'colour':{'of':['no','interest']}}"));
  }

  @Test
  void nullAndNothingClearWhatCanBeEmpty() throws Exception {
    for (String empty : new String[] {"null", "''"}) {
      ClientMessage.UpdateTicket message =
          (ClientMessage.UpdateTicket)
              request(
                  "{'type':'UpdateTicket','requestId':'1','ticket':17,'changes':{'assignee':X,"
                          .replace("X", empty)
                      + "'requester':X,'reference':X,'description':X}}".replace("X", empty));
      assertTrue(message.changes().has(TicketField.ASSIGNEE));
      assertNull(message.changes().get(TicketField.ASSIGNEE));
      assertTrue(message.changes().has(TicketField.REQUESTER));
      assertNull(message.changes().get(TicketField.REQUESTER));
      assertTrue(message.changes().has(TicketField.REFERENCE));
      assertNull(message.changes().get(TicketField.REFERENCE));
      assertEquals("", message.changes().get(TicketField.DESCRIPTION));
    }
  }

  @Test
  void tagsGivenTwiceCollapse() throws Exception {
    ClientMessage.CreateTicket message =
        (ClientMessage.CreateTicket)
            request(
                "{'type':'CreateTicket','requestId':'1',"
                    + "'ticket':{'title':'t','tags':['b','a','b']}}");
    assertEquals("[b, a]", message.content().tags().toString());
  }

  @Test
  void anUnknownEventIsKnownByItsTicket() throws Exception {
    ServerMessage.EventMessage message =
        (ServerMessage.EventMessage)
            answer("{'type':'TicketMerged','revision':91,'ticket':" + TICKET + ",'into':[1,2]}");
    WireEvent.UnknownEvent event =
        assertInstanceOf(WireEvent.UnknownEvent.class, message.event().event());
    assertEquals("TicketMerged", event.type());
    assertEquals(17, event.ticket().number());
    assertNull(event.ticket().content().description());
    assertNull(event.by());
  }

  @Test
  void anUnknownMessageIsNoMistake() throws Exception {
    assertEquals(
        new ServerMessage.UnknownMessage("Weather"), answer("{'type':'Weather','sunny':true}"));
  }

  @Test
  void aMistakeInAQueryIsPointedAt() {
    WireFormatException e =
        assertThrows(
            WireFormatException.class,
            () -> request("{'type':'GetTickets','requestId':'1','query':'tag:a status:frozen'}"));
    assertTrue(e.getMessage().startsWith("query is wrong at column "), e.getMessage());
  }

  @Test
  void aMessageIsOneLine() {
    String json =
        MessageCodec.encode(
            new ClientMessage.CommentTicket("1", null, TicketRef.of(1), "a\nb\u2028c\u2029d\te"));
    assertTrue(json.lines().count() == 1 && !json.contains("\u2028"), json);
  }
}
