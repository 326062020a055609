package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.Comment;

/** What stands in a file has to be known; what comes over the wire need not be. */
class UnknownFieldTest {
  private static final List<Comment> COMMENTS =
      List.of(new Comment(0, GoldenSamples.LATER, GoldenSamples.BOB, "said"));

  private static String json(String fields) {
    return "{" + fields.replace('\'', '"') + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'type':'UpdateTicket','ticket':2,'changes':{'state':'closed'} | state | status
          'type':'UpdateTicket','ticket':2,'changes':{'tags':['a']}     | tags  | addTags
          'type':'UpdateTicket','ticket':2,'changes':{},'ifrevision':3  | ifrevision | ifRevision
          'type':'CreateTicket','ticket':{'title':'t','tag':['a']}      | tag   | tags
          'type':'CreateTicket','ticket':{'title':'t','Priority':null}  | Priority | priority
          'type':'LockTicket','ticket':2,'ttl':1000                     | ttl   | ttlMillis
          'type':'LockTicket','ticket':2,'steal':{'token':1,'why':'x'}  | steal.why | reason
          'type':'ClaimTicket','querry':'tag:a'                         | querry | query
          'type':'CommentTicket','ticket':2,'text':'t','operationid':1  | operationid | operationId
          'type':'GetTickets','since':{'journalId':'j','revision':1,'revisions':2} \
              | since.revisions | revision
          'type':'Ping','x':1                                           | x     | type, requestId
          """)
  void aRequestOfAFileIsKnownToTheLastField(String fields, String field, String near) {
    WireFormatException e =
        assertThrows(
            WireFormatException.class, () -> MessageCodec.decodeClientMessage(json(fields), "7"));
    assertTrue(e.getMessage().startsWith(field + " is no known field: "), e.getMessage());
    assertTrue(e.getMessage().contains(near), e.getMessage());
    assertEquals(field, e.rejected().details().field());
    assertEquals("7", e.rejected().requestId());
    assertDoesNotThrow(
        () -> MessageCodec.decodeClientMessage(json(fields + ",'requestId':'7'")),
        "the wire ignores it");
  }

  @Test
  void aNameThatCannotBeShownIsNot() {
    WireFormatException e =
        assertThrows(
            WireFormatException.class,
            () -> MessageCodec.decodeClientMessage(json("'type':'Ping','\\u001b[2J':1"), "7"));
    assertTrue(e.getMessage().startsWith("message has a field of unknown name"), e.getMessage());
  }

  private static String line() {
    return TicketCodec.encode(GoldenSamples.IMPORTED, COMMENTS);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"tags\"', tag, tags",
    "'\"text\"', txt, text",
    "'\"assignee\"', assigne, assignee"
  })
  void aTicketOfAFileToo(String known, String wrong, String near) {
    String line = line().replaceFirst(known + ":", "\"" + wrong + "\":null,$0");
    WireFormatException e =
        assertThrows(WireFormatException.class, () -> TicketCodec.decode(line, "1"));
    assertTrue(e.getMessage().endsWith("did you mean " + near + "?"), line + e.getMessage());
  }

  /** As {@code billets list -o jsonl} prints them. */
  @ParameterizedTest
  @ValueSource(
      strings = {"'revision':9,'changedRevision':8,'lock':null", "'lock':{'holder':'bob'}"})
  void whatAServerSaysOfATicketBesidesIsKnown(String fields) {
    String line = line().replaceFirst("\\{", "{" + fields.replace('\'', '"') + ",");
    assertDoesNotThrow(() -> TicketCodec.decode(line, "1"));
  }

  @Test
  void commentsThatAreCountedHaveToBeThere() {
    String two = line().replaceFirst("\\{", "{\"commentCount\":2,");
    WireFormatException e =
        assertThrows(WireFormatException.class, () -> TicketCodec.decode(two, "1"));
    assertTrue(e.getMessage().startsWith("commentCount is 2 beside 1 comments"), e.getMessage());
    assertDoesNotThrow(() -> TicketCodec.decode(two.replace(":2,", ":1,"), "1"));
  }
}
