package org.lesbillets.cli.command.bulk.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketStatus;

/** Issues of gh as tickets. */
class GhIssuesTest {
  private static final String ISSUE =
      """
      {"assignees":[{"id":"MDQ6","login":"alice","name":"Alice"},{"login":"bob"}],
       "author":{"id":"U_1","is_bot":false,"login":"octocat","name":"The Octocat"},
       "body":"It burns.\\r\\n\\r\\nReally.","closedAt":null,
       "comments":[
         {"id":"IC_2","author":{"login":"dependabot[bot]"},"authorAssociation":"NONE",
          "body":"Later.","createdAt":"2024-03-02T10:00:00Z","includesCreatedEdit":false},
         {"author":{"login":"octocat"},"body":"First.","createdAt":"2024-03-01T11:00:00Z"},
         {"author":null,"body":"  ","createdAt":"2024-03-01T12:00:00Z"}],
       "createdAt":"2024-03-01T09:14:03Z",
       "labels":[{"id":"LA_1","name":"bug","color":"d73a4a"},{"name":"good first issue"}],
       "number":17,"state":"CLOSED","title":"Printer on fire",
       "updatedAt":"2024-03-05T00:00:00Z","url":"https://github.com/o/r/issues/17"}
      """;

  private static String one(int number) {
    return json(
        "{'number':"
            + number
            + ",'title':'t','body':null,'state':'OPEN','labels':null,'assignees':null,"
            + "'author':null,'createdAt':'2024-03-01T09:14:03Z',"
            + "'updatedAt':'2024-03-01T09:14:03Z'}");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String summary(String text) {
    return Records.summary(Records.read(ExchangeFormat.GH, text));
  }

  private static Ticket ticket(String text) {
    return Records.ticket(ExchangeFormat.GH, text);
  }

  @Test
  void anIssueBecomesATicket() {
    ImportRecord record = Records.only(ExchangeFormat.GH, ISSUE);
    Ticket ticket = record.ticket().ticket();
    AgentName octocat = new AgentName("octocat");
    assertEquals(17, ticket.number());
    assertEquals("Printer on fire", ticket.content().title());
    assertEquals("It burns.\n\nReally.", ticket.content().description());
    assertEquals(TicketStatus.CLOSED, ticket.content().status());
    assertEquals(new AgentName("alice"), ticket.content().assignee());
    assertNull(ticket.content().requester());
    assertEquals("https://github.com/o/r/issues/17", ticket.content().reference());
    assertEquals(List.of("bug", "good first issue"), ticket.content().tags());
    assertEquals(new Stamp(Instant.parse("2024-03-01T09:14:03Z"), octocat), ticket.created());
    assertEquals(new Stamp(Instant.parse("2024-03-05T00:00:00Z"), octocat), ticket.updated());
    assertEquals(
        List.of(
            new Comment(0, Instant.parse("2024-03-01T11:00:00Z"), octocat, "First."),
            new Comment(
                0,
                Instant.parse("2024-03-02T10:00:00Z"),
                new AgentName(ImportSanitizer.agent("dependabot[bot]")),
                "Later.")),
        record.ticket().comments());
    assertEquals(NameUuid.of("https://github.com/o/r/issues/17"), ticket.id().value());
    assertFalse(record.undated());
  }

  @Test
  void commentsAreSortedByTheMomentTheyWereMade() {
    String comments =
        Stream.of(
                "2024-03-01T05:00:05.500Z",
                "2024-03-01T06:00:00+02:00",
                "2024-03-01T05:00:05Z",
                "2024-03-01T05:00:05.499999Z",
                "2024-02-29T23:00:04-06:00")
            .map(at -> "{'author':null,'body':'" + at + "','createdAt':'" + at + "'}")
            .collect(Collectors.joining(",", "null,'comments':[", "]"));
    ImportRecord record =
        Records.only(
            ExchangeFormat.GH, one(3).replace(json("'labels':null"), json("'labels':" + comments)));
    assertEquals(
        List.of(
            "2024-03-01T06:00:00+02:00",
            "2024-02-29T23:00:04-06:00",
            "2024-03-01T05:00:05Z",
            "2024-03-01T05:00:05.499999Z",
            "2024-03-01T05:00:05.500Z"),
        record.ticket().comments().stream().map(Comment::text).toList());
  }

  @Test
  void halfCharactersAreMendedAndTheOthersComeIn() throws Exception {
    try (InputStream file = getClass().getResourceAsStream("/exchange/gh-lone-surrogate.json")) {
      List<ImportRecord> records = Records.read(ExchangeFormat.GH, file.readAllBytes());
      assertEquals("2#1 19#2 32#3 43#4", Records.summary(records));
      ImportRecord second = records.get(1);
      assertEquals("cut \ufffd here", second.ticket().ticket().content().title());
      assertEquals(
          List.of(new ImportRecord.Note(19, "half characters of the title are written U+FFFD")),
          second.notes());
    }
  }

  @Test
  void whatNoTextMayHaveIsMendedWhereverItStands() {
    String issue =
        one(3)
            .replace("\"t\"", "\"a\\u0000\\udc00\"")
            .replace(json("'body':null"), json("'body':'b\\ud800\\u001b[1m'"))
            .replace(json("'labels':null"), json("'labels':[{'name':'l\\ud83d'}]"))
            .replace(json("'assignees':null"), json("'assignees':[{'login':'x\\ud83d'}]"))
            .replace(
                json("'author':null"),
                json("'author':null,'comments':[{'author':null,'body':'c\\udfff',")
                    + json("'createdAt':'2024-03-01T09:14:03Z'}],'\\ud83d':")
                    + "[".repeat(5_000)
                    + "]".repeat(5_000));
    List<ImportRecord> records =
        Records.read(ExchangeFormat.GH, "[" + issue + ",\n" + one(4) + "]");
    assertEquals("1#3 2#4", Records.summary(records));
    Ticket ticket = records.get(0).ticket().ticket();
    assertEquals("a \ufffd", ticket.content().title());
    assertEquals("b\ufffd[1m", ticket.content().description());
    assertEquals(List.of("l\ufffd"), ticket.content().tags());
    assertEquals("c\ufffd", records.get(0).ticket().comments().get(0).text());
    assertEquals(7, records.get(0).notes().size(), records.get(0).notes().toString());
  }

  @Test
  void whatIsLostIsTold() {
    ImportRecord record = Records.only(ExchangeFormat.GH, ISSUE);
    assertEquals(
        List.of(
            "of its 2 assignees only the first is kept",
            "'dependabot[bot]' is no agent's name: it is written "
                + ImportSanitizer.agent("dependabot[bot]"),
            "an empty comment is left out"),
        record.notes().stream().map(ImportRecord.Note::sentence).toList());
    assertTrue(record.notes().stream().allMatch(note -> note.line() == record.line()));
    List<ImportRecord> twice = Records.read(ExchangeFormat.GH, ISSUE + ISSUE);
    assertFalse(twice.get(1).notes().toString().contains("dependabot"), "told once");
  }

  /**
   * A digit stands for an issue of that number, / for the end of a line, G for garbage, N for a
   * number, U for an issue that is cut off, S for one cut off in a string.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,2,3] | 1#1 1#2 1#3",
        "[1,/2,/3]/ | 1#1 2#2 3#3",
        "//[/1/]// | 4#1",
        "[] | ``",
        "`` | ``",
        "` / /` | ``",
        "1 | 1#1",
        "1/2//3 | 1#1 2#2 4#3",
        "1/G/3 | 1#1 2! 3#3",
        "1/U/3/4 | 1#1 2! 3#3 4#4",
        "1/S/3 | 1#1 2! 3#3",
        "1 2/3 | 1#1 1! 2#3",
        "[1,G,3] | 1#1 1!",
        "[1,/G,/3] | 1#1 2!",
        "[1,/2 | 1#1 2#2 2!",
        "[1,N,[N],3] | 1#1 1! 1! 1#3",
        "[1]/[2] | 1#1 2#2",
        "[1] 2/[3] | 1#1 1! 2#3",
        "1/U | 1#1 2!",
      })
  void issuesComeInAnArrayOrOneAfterTheOther(String pattern, String summary) {
    StringBuilder json = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      json.append(
          switch (c) {
            case '/' -> "\n";
            case 'G' -> "garbage";
            case 'N' -> "5";
            case 'U' -> "{\"number\":9,";
            case 'S' -> "{\"number\":9,\"title\":\"x";
            default -> Character.isDigit(c) ? one(c - '0') : String.valueOf(c);
          });
    }
    assertEquals(summary, summary(json.toString()), json.toString());
  }

  @Test
  void aPrettyPrintedIssueIsOne() {
    assertEquals("1#17", summary(ISSUE));
    assertEquals("1#17 19#17", summary(ISSUE + "\n\n\n\n\n\n" + ISSUE));
    assertEquals("2#17 15#17", summary("[\n" + ISSUE + ",\n" + ISSUE + "]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'number':3 | 'number':1.5 | number",
        "'number':3 | 'number':'3' | number must be a number",
        "'number':3 | 'number':{} | number must be a number",
        "'2024-03-01T09:14:03Z','up | 'then','up | createdAt",
        "'createdAt':' | 'createdAt':5,'x':' | createdAt must be a text",
        "'t' | 5 | title must be a text",
        "'body':null | 'body':['It burns.'] | body must be a text",
        "'OPEN' | 'GONE' | state is neither",
        "'OPEN' | true | state must be a text",
        "'labels':null | 'labels':'bug' | labels must be a list of objects with a name",
        "'labels':null | 'labels':[5] | labels must be a list of objects with a name",
        "'labels':null | 'labels':[{'color':'d73a4a'}] | labels must be a list of objects",
        "'assignees':null | 'assignees':'alice' | assignees must be a list of objects",
        "'assignees':null | 'assignees':[{'login':5}] | assignees must be a list of objects",
        "'author':null | 'author':[] | author must be an object with a login",
        "'author':null | 'author':null,'url':5 | url must be a text",
        "'author':null | 'author':null,'comments':3 | comments must be a list of objects",
        "'author':null | 'author':null,'comments':['x'] | comments must be a list of objects",
        "'author':null | 'author':null,'comments':[{'body':5}] | comments must be a list",
      })
  void whatIsWrongIsSaid(String part, String wrong, String problem) {
    String issue = one(3);
    String broken = issue.replace(json(part), json(wrong));
    assertNotEquals(issue, broken);
    ImportRecord record = Records.only(ExchangeFormat.GH, broken);
    assertTrue(String.valueOf(record.problem()).startsWith(problem), record.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "number",
        "title",
        "body",
        "state",
        "labels",
        "assignees",
        "author",
        "createdAt",
        "updatedAt"
      })
  void whatLacksAFieldIsNoIssue(String field) {
    JsonObject issue = JsonParser.parseString(one(3)).getAsJsonObject();
    issue.remove(field);
    List<ImportRecord> records = Records.read(ExchangeFormat.GH, one(1) + "\n" + issue);
    assertEquals("1#1 2!", Records.summary(records));
    String problem = records.get(1).problem();
    assertTrue(problem.startsWith(field + " is missing: print the issues with gh"), problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"number", "title", "state", "createdAt", "updatedAt"})
  void whatIsNeverNullIsMissingThen(String field) {
    JsonObject issue = JsonParser.parseString(one(3)).getAsJsonObject();
    issue.add(field, JsonNull.INSTANCE);
    String problem = Records.only(ExchangeFormat.GH, issue.toString()).problem();
    assertTrue(problem.startsWith(field + " is missing"), problem);
  }

  @Test
  void ticketsOfOursAreNoIssues() throws Exception {
    SeededTest.run(
        random -> {
          RandomTickets tickets = new RandomTickets(random);
          StringBuilder text = new StringBuilder();
          TicketSink sink = TicketSink.jsonLines(text::append);
          for (int i = 0; i < 20; i++) {
            sink.write(tickets.ticket(), List.of());
          }
          List<ImportRecord> records = Records.read(ExchangeFormat.GH, text.toString());
          assertEquals(20, records.size());
          for (int i = 0; i < 20; i++) {
            assertEquals(i + 1, records.get(i).line());
            assertTrue(records.get(i).problem().contains(" is missing: "), records.toString());
          }
        });
  }

  @Test
  void whatIsMissingIsMadeUpTheSameWayEachTime() {
    Ticket ticket = ticket(one(3));
    assertEquals(new AgentName("ghost"), ticket.created().by());
    assertEquals(ticket.created(), ticket.updated());
    assertEquals("", ticket.content().description());
    assertNull(ticket.content().reference());
    assertTrue(ticket.isOpen());
    assertEquals(ticket.id(), ticket(one(3).replace("\"t\"", "\"renamed\"")).id());
    assertNotEquals(ticket.id(), ticket(one(4)).id());
    assertNotEquals(ticket.id(), ticket(one(3).replace("2024", "2023")).id());
    assertEquals("(no title)", ticket(one(3).replace("\"t\"", "\"\\u0000 \"")).content().title());
  }
}
