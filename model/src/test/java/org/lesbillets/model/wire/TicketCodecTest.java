package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Comment;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;

/** Whole tickets as lines; that every one comes back is tested where files are read. */
class TicketCodecTest {

  @Test
  void aLineHasTheFieldsOfAnImport() {
    String line = TicketCodec.encode(GoldenSamples.IMPORTED, List.of(GoldenSamples.COMMENT));
    ClientMessage.ImportTicket request =
        new ClientMessage.ImportTicket("1", null, GoldenSamples.IMPORTED, List.of());
    String ticket = MessageCodec.encode(request).replaceAll("^.*\"ticket\":(.*)}}$", "$1");
    assertTrue(line.startsWith(ticket + ",\"comments\":[{\"at\":"), line);
    assertTrue(TicketCodec.encode(GoldenSamples.BARE, List.of()).endsWith(",\"comments\":[]}"));
  }

  @Test
  void itMayBeLargerThanAMessage() throws Exception {
    Comment comment =
        new Comment(0, GoldenSamples.LATER, GoldenSamples.BOB, "x".repeat(WireLimits.TEXT_BYTES));
    List<Comment> comments = Collections.nCopies(20, comment);
    String line = TicketCodec.encode(GoldenSamples.IMPORTED, comments);
    assertTrue(line.length() > WireLimits.CLIENT_MESSAGE_BYTES);
    assertEquals(comments, TicketCodec.decode(line, "1").comments());
    assertEquals(20, TicketCodec.decode(line, "1").ticket().commentCount());
  }

  @Test
  void eachTextIsHeldToItsLimit() {
    Comment tooLong = new Comment(0, GoldenSamples.LATER, GoldenSamples.BOB, "x".repeat(65_537));
    String line = TicketCodec.encode(GoldenSamples.IMPORTED, List.of(tooLong));
    WireFormatException e =
        assertThrows(WireFormatException.class, () -> TicketCodec.decode(line, "1"));
    assertEquals(RejectionCode.TOO_LARGE, e.rejected().code());
    assertTrue(e.getMessage().startsWith("comments.text is larger"), e.getMessage());
  }

  @Test
  void aRequestMayGetAnIdOfOnesOwn() throws Exception {
    String json = "{\"type\":\"Ping\"}";
    assertEquals(new ClientMessage.Ping("17"), MessageCodec.decodeClientMessage(json, "17"));
    String other = "{\"type\":\"Ping\",\"requestId\":\"\"}";
    assertEquals(new ClientMessage.Ping("17"), MessageCodec.decodeClientMessage(other, "17"));
    WireFormatException e =
        assertThrows(WireFormatException.class, () -> MessageCodec.decodeClientMessage("{}", "17"));
    assertEquals("17", e.rejected().requestId());
  }
}
