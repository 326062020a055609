package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;

/** What stands right at a limit is taken; {@link BadInputTest} has what stands beyond. */
class LimitTest {

  private static ClientMessage read(String fields) throws WireFormatException {
    return MessageCodec.decodeClientMessage(
        ("{'requestId':'7'," + fields + "}").replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'LockTicket','ticket':17,'ttlMillis':1000",
        "'type':'LockTicket','ticket':17,'ttlMillis':28800000",
        "'type':'LockTicket','ticket':17,'waitMillis':0",
        "'type':'LockTicket','ticket':17,'waitMillis':2592000000",
        "'type':'LockTicket','ticket':17,'waitMillis':5,'waitForever':false",
        "'type':'LockTicket','ticket':17,'token':0",
        "'type':'LockTicket','ticket':17,'token':9007199254740991",
        "'type':'LockTicket','ticket':17,'token':null,'steal':null,'note':null,'ttlMillis':null",
        "'type':'GetTicket','ticket':1000000000",
        "'type':'GetTicket','ticket':'1000000000'",
        "'type':'GetTicket','ticket':'5b7c4c1a-9a0e-4a51-8a52-0d6a4a4f0f1'",
        "'type':'GetTicket','ticket':17,'limit':1",
        "'type':'GetTicket','ticket':17,'limit':1000,'before':0",
        "'type':'GetTickets','limit':2147483647,'query':'','sort':'-assignee'",
        "'type':'UpdateTicket','ticket':17,'changes':{}",
        "'type':'UpdateTicket','ticket':17,'changes':{'attempts':0}",
        "'type':'UpdateTicket','ticket':17,'changes':{'attempts':1000000}",
        "'type':'UpdateTicket','ticket':17,'changes':{'wakeAt':'9999-12-31T23:59:59.999Z'}",
        "'type':'UpdateTicket','ticket':17,'changes':{'wakeAt':'2026-11-22T10:00+01:00'}",
        "'type':'UpdateTicket','ticket':17,'changes':{'wakeAt':null}",
        "'type':'UnlockTicket','ticket':17,'giveBack':{'wakeMillis':0}",
        "'type':'UnlockTicket','ticket':17,'giveBack':{'wakeMillis':31622400000}",
        "'type':'RaiseTicket','key':'k','ticket':{'title':'t'},'reopenWithinMillis':0,'text':''",
        "'type':'RaiseTicket','key':'aZ09._:/@-','ticket':{'title':'t'},'text':'x',"
            + "'reopenWithinMillis':31622400000",
        "'type':'GetTicket','ticket':'key:5'",
        "'type':'CreateTicket','ticket':{'title':'t','assignee':null,'tags':null}",
        "'type':'CreateTicket','ticket':{'title':'t','description':'a\u2028\\n\\t\u202e'}",
        "'type':'CreateTicket','operationId':'5B7C4C1A-9A0E-4A51-8A52-0D6A4A4F0F11',"
            + "'ticket':{'title':'\u00a0x'}",
        "'type':'CreateTicket','ticket':{'title':'\\ud83d\\ude00'}",
        "'type':'Ping','x':[1e999,-0.0,{'':null}],'requestid':9",
      })
  void isTaken(String fields) {
    assertDoesNotThrow(() -> read(fields));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "é", "😀", "界"})
  void lengthsAreInCodePoints(String character) throws Exception {
    String title = character.repeat(200);
    String tag = character.repeat(40);
    ClientMessage.CreateTicket message =
        (ClientMessage.CreateTicket)
            read(
                "'type':'CreateTicket','ticket':{'title':'"
                    + title
                    + "','tags':['"
                    + tag
                    + "'],'requester':'"
                    + title
                    + "'}");
    assertEquals(title, message.content().title());
    assertEquals(tag, message.content().tags().get(0));
    assertEquals(title, message.content().requester());
    MessageCodec.decodeClientMessage(
        "{\"type\":\"Ping\",\"requestId\":\"" + character.repeat(64) + "\"}");
  }

  @Test
  void aKeyHasAHundredCharacters() throws Exception {
    String key = "k".repeat(100);
    ClientMessage.RaiseTicket message =
        (ClientMessage.RaiseTicket)
            read("'type':'RaiseTicket','key':'" + key + "','ticket':{'title':'t'}");
    assertEquals(key, message.key());
    assertEquals(
        new TicketRef.ByKey(key),
        ((ClientMessage.GetTicket) read("'type':'GetTicket','ticket':'key:" + key + "'")).ticket());
  }

  @Test
  void twentyDifferentTagsMayBeSaidTwice() throws Exception {
    StringBuilder tags = new StringBuilder("'t0'");
    for (int i = 1; i < 40; i++) {
      tags.append(",'t").append(i % 20).append('\'');
    }
    ClientMessage.UpdateTicket message =
        (ClientMessage.UpdateTicket)
            read("'type':'UpdateTicket','ticket':1,'changes':{'addTags':[" + tags + "]}");
    assertEquals(20, message.changes().addTags().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "😀", "界x"})
  void textsAreMeasuredInUtf8(String part) throws Exception {
    int bytes = part.getBytes(StandardCharsets.UTF_8).length;
    String text = part.repeat(WireLimits.TEXT_BYTES / bytes);
    ClientMessage.CommentTicket message =
        (ClientMessage.CommentTicket)
            read("'type':'CommentTicket','ticket':1,'text':'" + text + "'");
    assertEquals(text, message.text());
    WireFormatException e =
        assertThrows(
            WireFormatException.class,
            () -> read("'type':'CommentTicket','ticket':1,'text':'" + text + part + "'"));
    assertEquals(RejectionCode.TOO_LARGE, e.rejected().code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "😀"})
  void aMessageIsMeasuredInUtf8(String part) throws Exception {
    String frame = "{\"type\":\"Ping\",\"requestId\":\"7\",\"x\":\"\"}";
    int bytes = part.getBytes(StandardCharsets.UTF_8).length;
    int room = WireLimits.CLIENT_MESSAGE_BYTES - frame.length();
    String padding = part.repeat(room / bytes) + "-".repeat(room % bytes);
    String largest = frame.replace("\"\"", "\"" + padding + "\"");
    assertEquals(WireLimits.CLIENT_MESSAGE_BYTES, largest.getBytes(StandardCharsets.UTF_8).length);
    assertEquals(new ClientMessage.Ping("7"), MessageCodec.decodeClientMessage(largest));

    ServerMessage.Rejected rejected =
        assertThrows(
                WireFormatException.class, () -> MessageCodec.decodeClientMessage(largest + " "))
            .rejected();
    assertEquals(RejectionCode.TOO_LARGE, rejected.code());
    assertEquals(WireLimits.CLIENT_MESSAGE_BYTES, rejected.details().limit());
    assertEquals("7", rejected.requestId());
  }

  @Test
  void thirtyTwoLevelsAreNotTooDeep() throws Exception {
    String deep = "[".repeat(31) + "]".repeat(31);
    assertEquals(new ClientMessage.Ping("7"), read("'type':'Ping','x':" + deep));
  }

  @Test
  void theLargestTextFitsIntoAMessageHoweverItIsEscaped() throws Exception {
    String text = "\"\n".repeat(WireLimits.TEXT_BYTES / 2);
    ClientMessage whole = new ClientMessage.CommentTicket("7", null, TicketRef.of(1), text);
    String json = MessageCodec.encode(whole);
    assertTrue(json.length() > text.length());
    assertEquals(whole, MessageCodec.decodeClientMessage(json));
  }
}
