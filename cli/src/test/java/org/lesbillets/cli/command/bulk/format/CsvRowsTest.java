package org.lesbillets.cli.command.bulk.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Priority;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketStatus;

/** Tickets as rows, there and back. */
class CsvRowsTest {
  private static final String ID = "5b7c9d22-1f3e-4b6a-9c0d-7e8f90a1b2c3";

  private static ImportRecord only(String text) {
    return Records.only(ExchangeFormat.CSV, text);
  }

  private static String summary(String text) {
    return Records.summary(Records.read(ExchangeFormat.CSV, text));
  }

  private static String written(List<Ticket> tickets) {
    StringBuilder text = new StringBuilder();
    TicketSink sink = TicketSink.csv(text::append);
    sink.begin();
    tickets.forEach(ticket -> sink.write(ticket, List.of()));
    return text.toString();
  }

  @Test
  void everyTicketComesBack() throws Exception {
    SeededTest.run(
        random -> {
          RandomTickets tickets = new RandomTickets(random);
          for (int i = 0; i < 300; i++) {
            Ticket ticket = tickets.ticket().withRevision(0, 0).withLock(null).withCommentCount(0);
            assertEquals(ticket, Records.ticket(ExchangeFormat.CSV, written(List.of(ticket))));
          }
        });
  }

  @Test
  void aRowEndsAsTheStandardSaysAndNamesComeFirst() {
    String text = written(List.of());
    assertEquals(
        "number,id,title,description,status,priority,assignee,requester,reference,tags,"
            + "createdAt,createdBy,updatedAt,updatedBy,attempts,wakeAt,key,raised\r\n",
        text);
    assertEquals(List.of(), Records.read(ExchangeFormat.CSV, text));
    assertFalse(TicketSink.csv(t -> {}).takesComments());
    assertTrue(TicketSink.jsonLines(t -> {}).takesComments());
  }

  @Test
  void attemptsAreAWholeNumber() {
    ImportRecord record = only("title,attempts\nPrinter on fire, 7 \n");
    assertEquals(7, record.ticket().ticket().attempts());
    assertTrue(only("title,attempts\nx,often\n").problem().startsWith("attempts is no whole"));
  }

  @Test
  void onlyTheTitleHasToBeThere() {
    ImportRecord record = only("title\nPrinter on fire\n");
    Ticket ticket = record.ticket().ticket();
    assertEquals("Printer on fire", ticket.content().title());
    assertEquals(new Stamp(Records.NOW, Records.ROOT), ticket.created());
    assertEquals(ticket.created(), ticket.updated());
    assertEquals(TicketStatus.OPEN, ticket.content().status());
    assertEquals(Priority.NORMAL, ticket.content().priority());
    assertTrue(record.undated());
    assertEquals(List.<Comment>of(), record.ticket().comments());
  }

  private static List<ImportRecord> ignoring(String text) {
    CsvLayout layout = new CsvLayout(List.of(), List.of(), true, null);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Records.read(ExchangeFormat.CSV, bytes, null, layout);
  }

  @Test
  void columnsStandInAnyOrderAndThoseThatAreLeftOutAreTold() {
    List<ImportRecord> records =
        ignoring(
            "\ufeffpriority, title ,colour,tags,\r\n"
                + "HIGH,one,red,\"a, \"\"b, c\"\"\",\r\n"
                + "low,two,,\r\n");
    assertEquals(2, records.size());
    Ticket one = records.get(0).ticket().ticket();
    assertEquals(Priority.HIGH, one.content().priority());
    assertEquals(List.of("a", "b, c"), one.content().tags());
    assertEquals(
        List.of(new ImportRecord.Note(1, "the column 'colour' is left out")),
        records.get(0).notes());
    assertEquals(List.of(), records.get(1).notes());
    assertEquals(Priority.LOW, records.get(1).ticket().ticket().content().priority());
  }

  @ParameterizedTest
  @ValueSource(strings = {"title,colour\n\na,b,c\nd,e\n", "title,colour,status\na,b,x\nd,e\n"})
  void aBadFirstRowHidesNoColumnThatIsLeftOut(String text) {
    List<ImportRecord> records = ignoring(text);
    assertEquals(2, records.size());
    assertNotNull(records.get(0).problem());
    assertEquals(1, records.get(0).notes().get(0).line());
    assertEquals(List.of(), records.get(1).notes());
  }

  @Test
  void columnsAreNamedInWhateverCase() {
    ImportRecord record =
        only("Title,TAGS,CreatedAt,createdby\na,\"b,C\",2024-03-01T09:14:03Z,bob\n");
    Ticket ticket = record.ticket().ticket();
    assertEquals(List.of(), record.notes());
    assertEquals("a", ticket.content().title());
    assertEquals(List.of("b", "C"), ticket.content().tags());
    assertEquals("bob", ticket.created().by().toString());
    assertEquals(
        only("title,tags\na,b\n").ticket().ticket().id(),
        only("TAGS,Title\nb,a\n").ticket().ticket().id());
  }

  @Test
  void aRowWithoutAnIdHasOneOfItsOwnThatStaysTheSame() {
    String text = "title,priority\nsame,low\nsame,low\nsame,high\n";
    List<ImportRecord> first = Records.read(ExchangeFormat.CSV, text);
    assertEquals(3, first.stream().map(r -> r.ticket().ticket().id()).distinct().count());
    List<ImportRecord> again = Records.read(ExchangeFormat.CSV, text);
    for (int i = 0; i < 3; i++) {
      assertEquals(first.get(i).ticket().ticket().id(), again.get(i).ticket().ticket().id());
    }
    // A row that is put before them, or columns in another order, change none of the others.
    List<ImportRecord> longer =
        Records.read(ExchangeFormat.CSV, "priority,title\nlow,other\nlow,same\nlow,same\n");
    assertEquals(first.get(0).ticket().ticket().id(), longer.get(1).ticket().ticket().id());
    assertEquals(first.get(1).ticket().ticket().id(), longer.get(2).ticket().ticket().id());
    assertNotEquals(first.get(2).ticket().ticket().id(), longer.get(2).ticket().ticket().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r"})
  void otherLineEndsMakeNoOtherTicket(String end) {
    String text = "title,description\none,\"two\n\nlines\n\"\n=,\"'=\n\"\none,\"two\n\nlines\n\"\n";
    List<ImportRecord> records = Records.read(ExchangeFormat.CSV, text);
    assertEquals("two\n\nlines\n", records.get(0).ticket().ticket().content().description());
    List<ImportRecord> others = Records.read(ExchangeFormat.CSV, text.replace("\n", end));
    assertEquals(3, others.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(records.get(i).ticket().ticket(), others.get(i).ticket().ticket());
    }
  }

  /** Of a file that an earlier version imported: the ids made then are the ids made now. */
  @Test
  void theIdThatIsMadeStaysTheSame() {
    assertEquals(
        NameUuid.of("row {TITLE=one, DESCRIPTION=two\nlines, TAGS=a,b}"),
        only("title,tags,description\none,\"a,b\",\"two\nlines\"\n")
            .ticket()
            .ticket()
            .id()
            .value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`title\\na\\n\\nb\\n` | 2#1 4#1",
        "`title\\n\"two\\nlines\"\\n` | 2!",
        "`title,description\\na,\"two\\nlines\"\\nb,c\\n` | 2#1 4#1",
        "`title,number\\na,7\\nb,x\\nc,0\\nd,\\n` | 2#7 3! 4! 5#1",
        "`title\\na,b\\nc\\n` | 2! 3#1",
        "`title,priority\\na\\nb,low` | 2#1 3#1",
        "`name\\na\\n` | 1!",
        "`` | ``",
        "`title\\n` | ``",
        "`TITLE,Number\\na,7\\n` | 2#7",
        "`title,Title\\na,b\\n` | 1!",
        "`title,tags,tags\\na,b,c\\n` | 1!",
        "`title,colour,colour\\na,b,c\\n` | 1!",
        "`title\\na\\n\"open\\nb\\n` | 2#1 3!",
        "`title,status\\na,Closed\\nb,done\\n` | 2#1 3!",
        "`title,assignee\\na,al ice\\n` | 2!",
        "`title,id\\na,17\\n` | 2!",
        "`title,id\\na,5b7c9d22-1f3e-4b6a-9c0d-7e8f90a1b2c3\\n` | 2!",
        "`title,createdAt\\na,yesterday\\n` | 2!",
      })
  void aBadRowIsToldByItsLineAndTheNextIsRead(String text, String summary) {
    assertEquals(summary, summary(text.replace("\\n", "\n")));
  }

  @Test
  void whatIsWrongIsSaid() {
    assertEquals(
        "the column tags is there twice: name each column once",
        only("title,tags,Tags\na,b,c").problem());
    assertTrue(only("name\na").problem().startsWith("there is no column title: the first row"));
    assertEquals("the row has 2 cells, and the first one 1", only("title\na,b").problem());
    assertEquals(
        "createdAt is missing: a row with an id has to say it",
        only("title,id\na," + ID).problem());
    assertEquals(
        "number is no whole number: write digits only", only("title,number\na,1.5").problem());
    assertTrue(only("title\n" + "x".repeat(201)).problem().contains("200"));
  }

  @Test
  void aCellBeyondAllBoundsCannotBeRead() {
    List<ImportRecord> records =
        Records.read(ExchangeFormat.CSV, "title\na\n" + "x".repeat(40 << 20) + "\nb\n");
    assertEquals("2#1 3!", Records.summary(records));
  }
}
