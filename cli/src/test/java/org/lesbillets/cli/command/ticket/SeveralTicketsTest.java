package org.lesbillets.cli.command.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** Verbs that take several tickets: each on its own, in order, and all are tried. */
class SeveralTicketsTest {
  private static List<String> asked(ScriptedTicketService desk) {
    return desk.asked.stream().map(SeveralTicketsTest::ref).toList();
  }

  private static String ref(Object asked) {
    return asked.toString().replaceAll("(?s).*?ticket=([^,]*),.*", "$1");
  }

  private static BilletsRun.Result run(ScriptedTicketService desk, String line) {
    return BilletsRun.at(desk).run(line.split(" "));
  }

  /** Refuses some tickets, each in its own way. */
  private static ScriptedTicketService moody() {
    return SampleTickets.obliging()
        .changing(
            change -> {
              if (ref(change).equals("18")) {
                throw ScriptedTicketService.refusal(RejectionCode.FORBIDDEN, "that is bob's");
              }
              if (ref(change).equals("19")) {
                throw ScriptedTicketService.refusal(
                    RejectionCode.NOT_FOUND, "there is no ticket 19");
              }
              return SampleTickets.done(change);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update 17 18 19 20 --add-tag x",
        "update --add-tag x 17 18 19 20",
        "update 17 18 --add-tag x 19 20",
        "update #17 18 #0019 20 --priority HIGH",
        "close 17 18 19 20",
        "reopen 17 18 19 20",
        "comment 17 18 19 20 --text T",
        "comment --text T 17 18 19 20",
        "comment 17 --text=T 18 19 20",
        "unlock 17 18 19 20",
        "unlock #17 #18 #19 #20"
      })
  void allAreTriedInOrderAndTheFirstFailureCounts(String line) {
    ScriptedTicketService desk = moody();
    BilletsRun.Result result = run(desk, line);
    assertEquals(List.of("17", "18", "19", "20"), asked(desk));
    assertEquals(ExitStatus.DENIED, result.status());
    assertEquals(
        "billets: ticket 18: that is bob's\nbillets: there is no ticket 19\n", result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"update 17 18 17 --add-tag x", "comment 17 18 17 #17 --text T", "unlock 17 18 17"})
  void whatIsNamedTwiceIsChangedOnce(String line) {
    ScriptedTicketService desk = SampleTickets.obliging();
    assertEquals(ExitStatus.OK, run(desk, line).status());
    assertEquals(List.of("17", "18"), asked(desk));
  }

  @Test
  void scriptsGetAnArrayAndTheFailuresInOneObject() {
    BilletsRun.Result result = run(moody(), "update 17 18 19 20 --add-tag x -o json");
    JsonArray done = JsonParser.parseString(result.out()).getAsJsonArray();
    assertEquals(2, done.size());
    JsonObject failure = JsonParser.parseString(result.err()).getAsJsonObject();
    assertEquals("FORBIDDEN", failure.get("code").getAsString());
    List<String> refs =
        failure.getAsJsonObject("details").getAsJsonArray("failures").asList().stream()
            .map(one -> one.getAsJsonObject().getAsJsonObject("details").get("ref").getAsString())
            .toList();
    assertEquals(List.of("18", "19"), refs);
  }

  @ParameterizedTest
  @CsvSource({"update 17 --add-tag x, false", "update 17 17 --add-tag x, true"})
  void oneIsAnObject(String line, boolean array) {
    String out = run(SampleTickets.obliging(), line + " -o json").out();
    assertEquals(array, JsonParser.parseString(out).isJsonArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update 17 x --add-tag y",
        "update 17 --add-tag y x",
        "comment 17 x --text T",
        "comment x --text T",
        "unlock 17 x",
        "show 17 x",
        "close 17 #x",
        "reopen 17 #",
        "update 17 18 --token 5 --add-tag x",
        "unlock 17 18 --token 5",
        "unlock 17 18 --force --token 5 --reason R",
        "unlock 17 18 --mine",
        "comment 17 18 19",
        "comment 17 18 --text=",
        "show 17 18 --field title --history",
        "update --add-tag",
        "comment --text T",
        "comment 17 18 --text"
      })
  void aMistakeLeavesAllAsTheyAre(String line) {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = run(desk, line);
    assertEquals(ExitStatus.USAGE, result.status(), result.out());
    assertEquals(List.of(), desk.asked);
    assertTrue(result.err().startsWith("billets: "), result.err());
    assertFalse(result.err().contains("nobody foresaw"), result.err());
  }

  @Test
  void theSecondWordOfACommentIsItsText() {
    ScriptedTicketService desk = SampleTickets.obliging();
    assertEquals(ExitStatus.OK, run(desk, "comment 17 18").status());
    assertEquals(
        List.of(new ClientMessage.CommentTicket(null, null, TicketRef.of(17), "18")), desk.asked);
  }

  @Test
  void oneTextFromStandardInputIsForAll() {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun run = BilletsRun.at(desk).reading("said once\n");
    assertEquals(ExitStatus.OK, run.run("comment", "17", "18", "--text", "-").status());
    assertEquals(
        Stream.of(17, 18)
            .map(n -> new ClientMessage.CommentTicket(null, null, TicketRef.of(n), "said once"))
            .toList(),
        desk.asked);
  }

  @ParameterizedTest
  @CsvSource({"17, 91", "#17, 91"})
  void theLockInHandIsThatOfItsTicketOnly(String ticket, String token) {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.at(desk)
        .with("BILLETS_TICKET", ticket)
        .with("BILLETS_LOCK_TOKEN", token)
        .run("unlock", "16", "17", "18");
    assertEquals(List.of(unlock(16, null), unlock(17, 91L), unlock(18, null)), desk.asked);
  }

  private static ClientMessage unlock(long number, Long token) {
    return new ClientMessage.UnlockTicket(null, null, TicketRef.of(number), token, null, null);
  }

  @Test
  void aRevisionIsForAll() {
    ScriptedTicketService desk = SampleTickets.obliging();
    run(desk, "update 17 18 --if-revision 5 --add-tag x");
    assertTrue(desk.asked.stream().allMatch(c -> c.toString().contains("ifRevision=5")));
    assertEquals(2, desk.asked.size());
  }

  @ParameterizedTest
  @CsvSource({"TIMEOUT, 3, TIMED_OUT", "LOST, 3, TIMED_OUT", "UNREACHABLE, 1, UNAVAILABLE"})
  void othersAreTriedAsLongAsThereIsAServer(
      ConnectionException.Kind kind, int tried, ExitStatus end) {
    ScriptedTicketService desk =
        SampleTickets.obliging().failing(ScriptedTicketService.failure(kind, "no luck"));
    BilletsRun.Result result = run(desk, "update 17 18 19 --add-tag x");
    assertEquals(tried, desk.asked.size());
    assertEquals(end, result.status());
    assertEquals(tried == 1, result.err().contains("ticket 17: no luck; not tried: 18 19"));
  }

  /** Has tickets 17 and 20, and no others. */
  private static ScriptedTicketService library(Ticket... tickets) {
    return new ScriptedTicketService()
        .telling(
            Arrays.stream(tickets)
                .map(ticket -> new TicketDetails("1", ticket, List.of(), null, false))
                .toArray(TicketDetails[]::new));
  }

  @Test
  void showPrintsOneValueOfEachOnALine() {
    Ticket printer = SampleTickets.PRINTER;
    ScriptedTicketService desk = library(printer, SampleTickets.TICKETS.get(1), printer);
    BilletsRun.Result result = run(desk, "show 17 18 17 --field tags");
    assertEquals("printer, 3rd floor\n\nprinter, 3rd floor\n", result.out());
    String description = run(library(printer, printer), "show 17 17 --field description").out();
    assertEquals(2, description.lines().count());
    assertTrue(description.startsWith("Third floor.\\n\\nIt smells"));
  }

  @Test
  void showGivesAnArrayOfSeveral() {
    ScriptedTicketService desk = library(SampleTickets.PRINTER, SampleTickets.TICKETS.get(1));
    JsonArray array =
        JsonParser.parseString(run(desk, "show 17 18 -o json").out()).getAsJsonArray();
    List<Integer> numbers = new ArrayList<>();
    array.forEach(ticket -> numbers.add(ticket.getAsJsonObject().get("number").getAsInt()));
    assertEquals(List.of(17, 18), numbers);
  }
}
