package org.lesbillets.cli.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
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
    return "{\"number\":" + number + ",\"title\":\"t\",\"createdAt\":\"2024-03-01T09:14:03Z\"}";
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
                new AgentName(Fitting.agent("dependabot[bot]")),
                "Later.")),
        record.ticket().comments());
    assertEquals(NameUuid.of("https://github.com/o/r/issues/17"), ticket.id().value());
    assertFalse(record.undated());
  }

  @Test
  void whatIsLostIsTold() {
    ImportRecord record = Records.only(ExchangeFormat.GH, ISSUE);
    assertEquals(
        List.of(
            "of its 2 assignees only the first is kept",
            "'dependabot[bot]' is no agent's name: it is written "
                + Fitting.agent("dependabot[bot]"),
            "an empty comment is left out"),
        record.notes());
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
      value = {
        "{'title':'t','createdAt':'2024-03-01T09:14:03Z'} | number is missing",
        "{'number':1,'title':'t'} | createdAt is missing: print the issues with gh issue list",
        "{'number':1.5,'title':'t','createdAt':'2024-03-01T09:14:03Z'} | number",
        "{'number':1,'title':'t','createdAt':'then'} | createdAt",
        "{'number':1,'title':'t','createdAt':'2024-03-01T09:14:03Z','state':'GONE'} | state is"
            + " neither",
      })
  void whatIsWrongIsSaid(String json, String problem) {
    ImportRecord record = Records.only(ExchangeFormat.GH, json.replace('\'', '"'));
    assertTrue(String.valueOf(record.problem()).contains(problem.strip()), record.toString());
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
