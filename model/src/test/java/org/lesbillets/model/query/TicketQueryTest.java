package org.lesbillets.model.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.ProcessorTime;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.field.TicketField;

class TicketQueryTest {
  private static final QueryContext CONTEXT =
      new QueryContext(new AgentName("alice"), TicketMaker.NOW);

  /** The desk the tables below ask, by the letter they know a ticket by. */
  private static final Map<String, Ticket> DESK = desk();

  private static Map<String, Ticket> desk() {
    Map<String, Ticket> desk = new TreeMap<>();
    desk.put(
        "a",
        TicketMaker.ticket(1)
            .title("Printer on fire")
            .description("Smoke in room 3\nC:\\spool is full, see http://x/y")
            .priority(Priority.URGENT)
            .assignee("alice")
            .requester("Ada Lovelace")
            .reference("mail <42@example.org>")
            .tags("Hardware", "two words")
            .created("bob", Duration.ofHours(3))
            .updated("bob", Duration.ofHours(2))
            .locked("alice", Duration.ofMinutes(40), Duration.ofMinutes(4))
            .make());
    desk.put(
        "b",
        TicketMaker.ticket(2)
            .title("ÉCRAN \"noir\" at 10:30")
            .description("")
            .priority(Priority.HIGH)
            .assignee("bob")
            .requester("LOVE")
            .created("alice", Duration.ofHours(2))
            .updated("alice", Duration.ofMinutes(5))
            .locked("bob", Duration.ofMinutes(10), Duration.ofMinutes(14))
            .closed()
            .make());
    desk.put(
        "c",
        TicketMaker.ticket(3)
            .title("Mouse: -5 points, a|b")
            .description(null)
            .reference("call 42")
            .tags("a|b", "hardware-old")
            .created("carol", Duration.ofDays(3))
            .updated("carol", Duration.ofDays(1))
            .make()
            .withAttempts(3)
            .withWakeAt(TicketMaker.NOW));
    Ticket mouse = desk.get("c");
    desk.put(
        "c",
        mouse.withContent(
            mouse.content().with(TicketField.KEY, "Mouse:/dev@pc-5").with(TicketField.RAISED, 2L)));
    desk.put(
        "d",
        TicketMaker.ticket(17)
            .title("Straße, 温度 and 🔥")
            .priority(Priority.LOW)
            .created("alice", Duration.ZERO)
            .updated("alice", Duration.ZERO)
            .closed()
            .make());
    return desk;
  }

  private static String matching(String text) throws QuerySyntaxException {
    TicketQuery query = TicketQuery.parse(text);
    return DESK.entrySet().stream()
        .filter(entry -> query.matches(entry.getValue(), CONTEXT))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      nullValues = "nothing",
      value = {
        "status:open ~ ac",
        "status:closed ~ bd",
        "status:locked ~ ab",
        "STATUS:Open ~ ac",
        "status:open|closed ~ abcd",
        "status:open|locked ~ abc",
        "status:locked status:closed ~ b",
        "assignee:alice ~ a",
        "assignee:me ~ a",
        "assignee:none ~ cd",
        "assignee:bob|none ~ bcd",
        "assignee:me|bob ~ ab",
        "assignee:Alice ~ nothing",
        "by:alice ~ bd",
        "by:me ~ bd",
        "by:bob|carol ~ ac",
        "holder:alice ~ a",
        "holder:me ~ a",
        "holder:bob ~ b",
        "holder:none ~ cd",
        "holder:me|none ~ acd",
        "requester:love ~ ab",
        "requester:\"a LOVE\" ~ a",
        "requester:lovelaces ~ nothing",
        "reference:42 ~ ac",
        "reference:MAIL ~ a",
        "reference:\"call 42\" ~ c",
        "tag:hardware ~ a",
        "tag:HARDWARE-OLD ~ c",
        "tag:\"two words\" ~ a",
        "tag:two ~ nothing",
        "tag:a|b ~ c",
        "priority:high ~ b",
        "priority:=high ~ b",
        "priority:>high ~ a",
        "priority:>=high ~ ab",
        "priority:<high ~ cd",
        "priority:<=high ~ bcd",
        "priority:low|urgent ~ ad",
        "priority:<normal|>high ~ ad",
        "priority:HIGH ~ b",
        "priority:\">=high\" ~ ab",
        "age:>2h ~ ac",
        "age:>1h59m ~ abc",
        "age:>1h60m ~ ac",
        "age:>=2h ~ abc",
        "age:<2h ~ d",
        "age:<=120m ~ bd",
        "age:>0s ~ abc",
        "age:>10000d ~ nothing",
        "updated:<1d ~ abd",
        "updated:<=1d ~ abcd",
        "updated:>=86400s ~ c",
        "held:>30m ~ a",
        "held:<=30m ~ b",
        "held:>=0ms ~ ab",
        "not:held:>30m ~ bcd",
        "expires:<5m ~ a",
        "expires:>=5m ~ b",
        "expires:<8h ~ ab",
        "number:17 ~ d",
        "number:0017 ~ d",
        "number:=2 ~ b",
        "number:>2 ~ cd",
        "number:1|2|99 ~ ab",
        "number:<=2 ~ ab",
        "number:1000000000 ~ nothing",
        "is:claimable ~ nothing",
        "is:asleep ~ c",
        "not:is:asleep status:open ~ a",
        "key:Mouse:/dev@pc-5 ~ c",
        "key:mouse:/dev@pc-5 ~ nothing",
        "key:x|Mouse:/dev@pc-5 ~ c",
        "raised:>1 ~ c",
        "attempts:0 ~ abd",
        "attempts:3 ~ c",
        "attempts:>=3 ~ c",
        "attempts:<3 ~ abd",
        "-attempts:<3 ~ c",
        "attempts:0|3 ~ abcd",
        "attempts:>3 ~ nothing",
      })
  void everyField(String query, String expected) throws Exception {
    assertEquals(expected == null ? "" : expected, matching(query));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      nullValues = "nothing",
      value = {
        "fire ~ a",
        "FIRE ~ a",
        "on ~ a",
        "printer smoke ~ a",
        "printer mouse ~ nothing",
        "\"on fire\" ~ a",
        "\"fire on\" ~ nothing",
        "écran ~ b",
        "straße ~ d",
        "strasse ~ nothing",
        "温度 ~ d",
        "🔥 ~ d",
        "10:30 ~ b",
        "http://x ~ a",
        "HTTP://x/y ~ a",
        "C:\\spool ~ error",
        "\"c:\\spool\" ~ a",
        "\"c:\\\\spool\" ~ a",
        "\"\\\"noir\\\"\" ~ b",
        "\"noir\" ~ b",
        "\"room 3 C:\" ~ nothing",
        "\"status:open\" ~ nothing",
        "\"mouse: -5\" ~ c",
        "a|b ~ c",
        "not:fire ~ bcd",
        "NOT:fire ~ bcd",
        "-fire ~ bcd",
        "-\"on fire\" ~ bcd",
        "not:\"on fire\" ~ bcd",
        "not:-fire ~ a",
        "--fire ~ a",
        "-status:open ~ bd",
        "not:status:open|locked ~ d",
        "not:assignee:none -status:closed ~ a",
        "-tag:hardware not:tag:a|b ~ bd",
        "status:open assignee:me priority:>=high fire ~ a",
        "not ~ nothing",
      })
  void textAndNegation(String query, String expected) throws Exception {
    if ("error".equals(expected)) {
      assertTrue(QueryErrors.of(query).getMessage().contains("double quotes"));
    } else {
      assertEquals(expected == null ? "" : expected, matching(query));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t \n"})
  void nothingButSpaceMeansAll(String text) throws Exception {
    TicketQuery query = TicketQuery.parse(text);
    assertTrue(query.isAll());
    assertEquals(text, query.text());
    assertEquals("abcd", matching(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"  fire", "fire  ", "\tfire\n", "fire fire", "fire\u2003printer"})
  void spaceAroundTermsMeansNothing(String text) throws Exception {
    assertEquals("a", matching(text));
    assertFalse(TicketQuery.parse(text).isAll());
  }

  @Test
  void theEmptyTextIsTheQueryForAll() throws Exception {
    assertSame(TicketQuery.ALL, TicketQuery.parse(""));
    assertTrue(TicketQuery.ALL.isAll());
  }

  @Test
  void meIsWhoeverAsks() throws Exception {
    QueryContext bob = new QueryContext(new AgentName("bob"), TicketMaker.NOW);
    TicketQuery query = TicketQuery.parse("holder:me");
    assertTrue(query.matches(DESK.get("b"), bob));
    assertFalse(query.matches(DESK.get("a"), bob));
  }

  @Test
  void timeIsWhatTheContextSays() throws Exception {
    QueryContext later = new QueryContext(CONTEXT.me(), TicketMaker.NOW.plus(Duration.ofHours(5)));
    TicketQuery query = TicketQuery.parse("age:>4h");
    assertFalse(query.matches(DESK.get("a"), CONTEXT));
    assertTrue(query.matches(DESK.get("a"), later));
  }

  @Test
  void aTicketFromTheFutureIsYoung() throws Exception {
    Ticket ahead = TicketMaker.ticket(5).created("bob", Duration.ofHours(-1)).make();
    assertTrue(TicketQuery.parse("age:<1ms").matches(ahead, CONTEXT));
  }

  @ParameterizedTest
  @CsvSource({
    "age:>2h, true",
    "fire updated:<1d, true",
    "not:held:>1m, true",
    "-expires:<1m, true",
    "status:open assignee:none priority:>=high number:>3, false",
    "'\"age:>2h\"', false",
    "'', false",
  })
  void saysWhetherTimeMatters(String text, boolean expected) throws Exception {
    assertEquals(expected, TicketQuery.parse(text).mentionsTime());
  }

  /** A ticket of an hour, updated 10 minutes ago, held for 5, whose lease has 3 minutes left. */
  @ParameterizedTest
  @CsvSource({
    "age:>2h, 3600001",
    "age:>=2h, 3600000",
    "age:<2h, 3600000",
    "age:<=2h, 3600001",
    "age:<1h, never",
    "age:<=1h, 1",
    "not:age:>2h, 3600001",
    "updated:>=15m, 300000",
    "held:>30m, 1500001",
    "expires:<1m, 120001",
    "expires:<=1m, 120000",
    "expires:>2m, 60000",
    "expires:>=2m, 60001",
    "expires:<1ms, 180000",
    "expires:>=3m, 1",
    "expires:<5m, never",
    "age:>2h updated:>=15m, 300000",
    "age:>2h updated:<1m, never",
    "age:>2h status:closed, never",
    "age:>2h not:status:closed, 3600001",
    "age:>2h nowhere, 3600001",
    "status:open, never"
  })
  void saysWhenTimeAloneMayChangeIt(String text, String expected) throws Exception {
    Instant now = CONTEXT.now();
    Ticket ticket = TicketMaker.ticket(1).make();
    AgentName alice = new AgentName("alice");
    Duration left = Duration.ofMinutes(3);
    ticket =
        new Ticket(
            ticket.id(),
            1,
            ticket.content(),
            new Stamp(now.minusSeconds(3600), alice),
            new Stamp(now.minusSeconds(600), alice),
            1,
            1,
            0,
            new TicketLock(
                alice, 1, now.minusSeconds(300), Duration.ofMinutes(15), left, null, null, 0));
    long at = TicketQuery.parse(text).changesAt(ticket, CONTEXT);
    String after = at == TicketQuery.NEVER ? "never" : "" + (at - now.toEpochMilli());
    assertEquals(expected, after);
  }

  /** At the moment it names, and not before, the result is another one. */
  @ParameterizedTest
  @CsvSource({"age:>2h", "age:>=2h", "age:<2h", "age:<=2h", "updated:<1h", "not:updated:>3d"})
  void itChangesThenAndNotBefore(String text) throws Exception {
    Ticket ticket = TicketMaker.ticket(1).make();
    TicketQuery query = TicketQuery.parse(text);
    QueryContext young = new QueryContext(CONTEXT.me(), ticket.updated().at());
    Instant at = Instant.ofEpochMilli(query.changesAt(ticket, young));
    boolean before = query.matches(ticket, young);
    assertEquals(before, query.matches(ticket, new QueryContext(CONTEXT.me(), at.minusMillis(1))));
    assertEquals(!before, query.matches(ticket, new QueryContext(CONTEXT.me(), at)));
  }

  @Test
  void queriesAreEqualByTheirText() throws Exception {
    TicketQuery query = TicketQuery.parse("status:open");
    assertEquals(TicketQuery.parse("status:open"), query);
    assertEquals(TicketQuery.parse("status:open").hashCode(), query.hashCode());
    assertNotEquals(TicketQuery.parse("status:open "), query);
    assertEquals("status:open", query.toString());
  }

  @ParameterizedTest
  @CsvSource({"\u212aelvin, kelvin", "𐐀𐐁, 𐐨𐐩", "a𐐀, A𐐨", "ſs, SS", "Σ, ς", "x, X"})
  void caseIsFoldedAsInJavasOwnComparison(String one, String other) throws Exception {
    assertTrue(one.equalsIgnoreCase(other));
    Ticket ticket = TicketMaker.ticket(1).title("in " + one + " there").make();
    assertTrue(TicketQuery.parse(other).matches(ticket, CONTEXT));
    assertFalse(TicketQuery.parse(other + other).matches(ticket, CONTEXT));
  }

  @Test
  void aLongTextIsLookedThroughToItsEnd() throws Exception {
    String hay = "n".repeat(65_000) + "Needle";
    Ticket ticket = TicketMaker.ticket(1).description(hay).make();
    for (String text : List.of("nneedle", "NEEDLE", "-needles")) {
      assertTrue(TicketQuery.parse(text).matches(ticket, CONTEXT), text);
    }
  }

  @Test
  void aTextThatAlmostFitsEverywhereIsLookedForInLinearTime() throws Exception {
    Ticket ticket = TicketMaker.ticket(1).description("a".repeat(64 * 1024)).make();
    TicketQuery query = TicketQuery.parse("a".repeat(2_000) + "ba");
    TicketQuery alternating = TicketQuery.parse("-" + "ab".repeat(1_000) + "aa");
    ProcessorTime.assertAtMost(
        Duration.ofSeconds(2),
        () -> {
          for (int i = 0; i < 100; i++) {
            assertFalse(query.matches(ticket, CONTEXT));
            assertTrue(alternating.matches(ticket, CONTEXT));
          }
          return query;
        });
  }
}
