package org.lesbillets.cli.command.bulk.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.command.bulk.format.CsvLayout.ColumnField;
import org.lesbillets.cli.command.bulk.format.CsvLayout.ColumnWord;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketStatus;

/** Other programs' tables: which column is which field, and what its values mean. */
class CsvLayoutTest {
  private static final AgentName MAYA = new AgentName("maya");

  /** Options between semicolons: a map, or a value if it has a colon before an equals sign. */
  private static CsvLayout layout(String options, boolean ignoring) {
    List<String> each = Stream.of(options.split(";")).filter(o -> !o.isBlank()).toList();
    return new CsvLayout(
        each.stream().filter(o -> !o.contains(":")).map(ColumnField::parse).toList(),
        each.stream().filter(o -> o.contains(":")).map(ColumnWord::parse).toList(),
        ignoring,
        null);
  }

  private static List<ImportRecord> read(String text, CsvLayout layout) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Records.read(ExchangeFormat.CSV, bytes, null, layout);
  }

  private static String gitlab() throws IOException {
    try (InputStream file = CsvLayoutTest.class.getResourceAsStream("/exchange/gitlab.csv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void columnsOfAnotherProgramAreRefusedWithTheFieldsTheyMayBe() throws Exception {
    List<ImportRecord> records = read(gitlab(), CsvLayout.OWN);
    assertEquals("1!", Records.summary(records));
    assertEquals(
        "the columns 'Issue ID', 'URL', 'State', 'Author', 'Created At (UTC)', 'Closed At (UTC)',"
            + " 'Labels' are none of a ticket's: say what they are by --map COLUMN=FIELD, as in"
            + " --map 'Issue ID=number' --map 'URL=reference' --map 'State=status'"
            + " --map 'Author=createdBy' --map 'Created At (UTC)=createdAt' --map 'Labels=tags',"
            + " or leave them out by --ignore-columns",
        records.get(0).problem());
  }

  @Test
  void withTheirFieldsTheyComeIn() throws Exception {
    String maps =
        "Issue ID=number;URL=reference;State=status;Author=createdBy;Created At (UTC)=createdAt;"
            + "Closed At (UTC)=updatedAt;Labels=tags";
    List<ImportRecord> records = read(gitlab(), layout(maps, false));
    assertEquals("2#31 3#32", Records.summary(records));
    Ticket closed = records.get(0).ticket().ticket();
    assertEquals("Login page is blank", closed.content().title());
    assertEquals("Only in private windows, since Monday.", closed.content().description());
    assertEquals(TicketStatus.CLOSED, closed.content().status());
    assertEquals(List.of("browser", "login"), closed.content().tags());
    assertEquals(new AgentName("ned"), closed.content().assignee());
    assertEquals("https://git.example.org/desk/-/issues/31", closed.content().reference());
    assertEquals(new Stamp(Instant.parse("2026-01-05T09:00:12Z"), MAYA), closed.created());
    assertEquals(new Stamp(Instant.parse("2026-01-07T11:30:00Z"), MAYA), closed.updated());
    Ticket open = records.get(1).ticket().ticket();
    assertEquals(TicketStatus.OPEN, open.content().status());
    assertEquals(open.created(), open.updated());
    assertEquals(List.of("export"), open.content().tags());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Title,State    | State=status;Stat=tags       | --map names the column 'Stat', which
          Title,State    | Kind=tags                    | --map names the column 'Kind', which
          Title,A,B      | A=tags;B=tags                | the columns 'A' and 'B' are both tags
          Title,Tags,A   | A=tags                       | the columns 'Tags' and 'A' are both tags
          Title,B        | B=tags;b=reference           | --map names the column 'B' twice
          Title,A        | A:x=y                        | the column 'A' is none of a ticket's
          Title,Status   | Stat:x=open                  | --value names the column 'Stat', which
          Title,Status   | Status:Done=finished         | --value: 'finished' is no status: it is
          Title,Priority | Priority:P1=top              | --value: 'top' is no priority: it is
          Title,Status   | Status:A=open;status:a=closed | --value gives 'Status:a' two meanings
          Summary,Labels | Labels=tags                  | there is no column title
          Subject;Labels | Subject=title                | its columns are separated by ';': give
          """)
  void whatCannotBeMeantIsRefused(String head, String options, String sentence) {
    List<ImportRecord> records = read(head + "\nx,y\n", layout(options, false));
    assertEquals("1!", Records.summary(records));
    assertTrue(records.get(0).problem().startsWith(sentence), records.get(0).problem());
  }

  @Test
  void aValueOfAColumnThatIsLeftOutIsRefused() {
    List<ImportRecord> records = read("title,A\nx,y\n", layout("A:x=y", true));
    assertEquals(
        "--value names the column 'A', which is no field: give --map 'A=FIELD', too",
        records.get(0).problem());
  }

  @Test
  void valuesMeanWhatIsSaid() {
    String options =
        "Urgency: now=priority;State=status;Who=assignee;State:in review=open;State:DONE=closed;"
            + "Urgency: now:P=1=urgent;Who:Maya Li=maya;Who:-=";
    CsvLayout layout =
        new CsvLayout(
            List.of(
                new ColumnField("Urgency: now", "priority"),
                new ColumnField("State", "status"),
                new ColumnField("Who", "assignee")),
            Stream.of(options.split(";"))
                .filter(o -> o.contains(":") && !o.endsWith("=priority"))
                .map(ColumnWord::parse)
                .toList(),
            false,
            null);
    List<ImportRecord> records =
        read(
            "title,Urgency: now,State,Who\na,P=1,In Review,Maya Li\nb,low,done,-\nc,,Parked,\n",
            layout);
    assertEquals("2#1 3#1 4!", Records.summary(records));
    Ticket first = records.get(0).ticket().ticket();
    assertEquals("urgent", first.content().priority().wireName());
    assertEquals(TicketStatus.OPEN, first.content().status());
    assertEquals(MAYA, first.content().assignee());
    Ticket second = records.get(1).ticket().ticket();
    assertEquals(TicketStatus.CLOSED, second.content().status());
    assertEquals(null, second.content().assignee());
    assertEquals(
        "status is none of open, closed: say which it is by --value 'State:Parked=STATUS'",
        records.get(2).problem());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T09:00:12.345Z, 2026-01-05T09:00:12.345Z",
    "2026-01-05 09:00:12, 2026-01-05T09:00:12Z",
    "2026-01-05 09:00, 2026-01-05T09:00:00Z",
    "2026-01-05, 2026-01-05T00:00:00Z",
    "2026-01-05 09:00:12 UTC, 2026-01-05T09:00:12Z",
    "2026-01-05 09:00:12 +0100, 2026-01-05T08:00:12Z",
    "2026-01-05T09:00:12-03:30, 2026-01-05T12:30:12Z",
    "'2026-01-05 09:00:12,5', 2026-01-05T09:00:12.500Z",
  })
  void timesOfOtherProgramsAreRead(String cell, Instant time) {
    List<ImportRecord> records = read("title,createdAt\na,\"" + cell + "\"\n", CsvLayout.OWN);
    assertEquals(time, records.get(0).ticket().ticket().created().at());
  }

  @ParameterizedTest
  @CsvSource({"05/01/2026", "2026-02-30", "2026-01-05 25:00", "05.01.2026 09:00", "1767603612"})
  void timesThatCanMeanTwoAreNot(String cell) {
    String problem = read("title,createdAt\na," + cell + "\n", CsvLayout.OWN).get(0).problem();
    assertTrue(problem.startsWith("createdAt must be a time as in 2026-"), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "title;state;labels ! its columns are separated by ';': give --delimiter ';'",
        "Title\tState ! its columns are separated by tab: give --delimiter tab",
        "id|title|tags ! its columns are separated by '|': give --delimiter '|'",
        "name ! there is no column title",
      })
  void anotherDelimiterIsSeen(String head, String sentence) {
    List<ImportRecord> records = read(head.replace("\\t", "\t") + "\n", CsvLayout.OWN);
    assertTrue(records.get(0).problem().startsWith(sentence), records.get(0).problem());
  }

  @Test
  void theColumnThatMayBeTheTitleIsNamed() {
    String problem = read("Summary,Labels\nx,y\n", layout("", true)).get(0).problem();
    assertTrue(problem.endsWith("by --map COLUMN=title, as in --map 'Summary=title'"), problem);
  }

  @ParameterizedTest
  @CsvSource({"';', ';'", "\\t, '\t'", "tab, '\t'", "|, |"})
  void anotherDelimiterIsTaken(String typed, char delimiter) {
    assertEquals(delimiter, CsvLayout.parseDelimiter(typed));
    CsvLayout layout = new CsvLayout(List.of(), List.of(), false, delimiter);
    List<ImportRecord> records = read("title~tags\n\"a, b\"~d\n".replace('~', delimiter), layout);
    assertEquals(List.of("d"), records.get(0).ticket().ticket().content().tags());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "State ! 'State' is no mapping: give COLUMN=FIELD",
        "=status ! '=status' is no mapping",
        "State=state ! a ticket has no field 'state': did you mean status?",
        "State= ! a ticket has no field '': use one of number, id, title",
      })
  void aMapThatIsNoneIsRefused(String typed, String sentence) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> ColumnField.parse(typed));
    assertTrue(e.getMessage().startsWith(sentence), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"State=closed", "State:Done", ":Done=closed", "State=a:b"})
  void aValueThatIsNoneIsRefused(String typed) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> ColumnWord.parse(typed));
    assertTrue(e.getMessage().contains("is no value: give COLUMN:FROM=TO"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"''", "'\"'", ";;", "comma"})
  void aDelimiterThatIsNoneIsRefused(String typed) {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> CsvLayout.parseDelimiter(typed));
    assertTrue(e.getMessage().contains("cannot stand between cells"), e.getMessage());
  }
}
