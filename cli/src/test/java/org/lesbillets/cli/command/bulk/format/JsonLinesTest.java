package org.lesbillets.cli.command.bulk.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Comment;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;

/** Tickets as lines of JSON, there and back. */
class JsonLinesTest {
  private static final String LINE =
      """
      {"id":"5b7c9d22-1f3e-4b6a-9c0d-7e8f90a1b2c3","number":7,"title":"t",\
      "createdAt":"2026-02-03T00:00:00Z","createdBy":"a","updatedAt":"2026-02-03T00:00:00Z",\
      "updatedBy":"a"}
      """;

  private static List<ImportRecord> read(String text) {
    return Records.read(ExchangeFormat.JSONL, text);
  }

  @Test
  void everyTicketComesBackWithItsComments() throws Exception {
    SeededTest.run(
        random -> {
          RandomTickets tickets = new RandomTickets(random);
          StringBuilder text = new StringBuilder();
          TicketSink sink = TicketSink.jsonLines(text::append);
          List<Ticket> written = new ArrayList<>();
          List<List<Comment>> said = new ArrayList<>();
          for (int i = 0; i < 200; i++) {
            List<Comment> comments = tickets.comments(random.nextInt(4));
            Ticket ticket = tickets.ticket();
            sink.write(ticket, comments);
            written.add(ticket.withRevision(0, 0).withLock(null).withCommentCount(comments.size()));
            said.add(comments.stream().map(comment -> comment.withId(0)).toList());
          }
          List<ImportRecord> read = read(text.toString());
          assertEquals(written, read.stream().map(record -> record.ticket().ticket()).toList());
          assertEquals(said, read.stream().map(record -> record.ticket().comments()).toList());
        });
  }

  @Test
  void aTableWithoutANamedFormatIsRecognized() {
    String table = "title;status\nx;open\n";
    assertEquals(
        "this is no JSON: if it is a table, give --format csv",
        Records.read(null, table).get(0).problem());
    assertFalse(read(table).get(0).problem().contains("csv"));
    assertEquals("2#7", Records.summary(Records.read(null, "\n" + LINE)));
    assertEquals(List.of(), Records.read(null, "\n"));
  }

  @Test
  void whatTheJournalGivesIsLeftOut() {
    RandomTickets tickets = new RandomTickets(17);
    StringBuilder text = new StringBuilder();
    TicketSink.jsonLines(text::append).write(tickets.ticket(), tickets.comments(2));
    for (String field : List.of("evision", "commentCount", "lock", "\"id\":1")) {
      assertFalse(text.toString().contains(field), field);
    }
  }

  @Test
  void aBadLineIsToldByItsNumberAndTheNextIsRead() {
    String text = LINE + "\nnonsense\n" + LINE.replace("\"t\"", "\"\"") + "[1]\n" + LINE;
    List<ImportRecord> records = read(text);
    assertEquals("1#7 3! 4! 5! 6#7", Records.summary(records));
    assertTrue(records.get(1).problem().startsWith("this is not one JSON object"));
    assertTrue(records.get(2).problem().startsWith("title is empty"));
  }

  @Test
  void fieldsThatAreNotKnownAreIgnored() {
    assertEquals("1#7", Records.summary(read(LINE.replace("{\"id\"", "{\"lock\":null,\"id\""))));
  }
}
