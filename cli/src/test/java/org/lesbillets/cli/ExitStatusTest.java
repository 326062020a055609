package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** Every way to fail, as the sentence and the code a script gets. */
class ExitStatusTest {

  @ParameterizedTest
  @CsvSource({
    "INVALID, 2",
    "UNKNOWN_TYPE, 2",
    "TOO_LARGE, 2",
    "NOT_FOUND, 3",
    "AMBIGUOUS, 3",
    "LOCKED, 5",
    "NOT_LOCKED, 6",
    "STALE_TOKEN, 6",
    "STALE_REVISION, 5",
    "FORBIDDEN, 4",
    "TIMEOUT, 7",
    "BUSY, 8",
    "READ_ONLY, 8",
    "UNCERTAIN, 7"
  })
  void aRefusalHasItsCode(RejectionCode code, int exit) {
    ScriptedTicketService desk =
        new ScriptedTicketService().failing(ScriptedTicketService.refusal(code, "it is refused"));
    BilletsRun.Result result = BilletsRun.at(desk).run("unlock", "17");
    assertEquals(exit, result.status().code());
    assertEquals("billets: it is refused\n", result.err());
    assertEquals("", result.out());
    String json = BilletsRun.at(desk).run("unlock", "17", "-o", "json").err();
    assertEquals(
        "{\"code\":\"" + code + "\",\"message\":\"it is refused\",\"details\":{}}\n", json);
  }

  @ParameterizedTest
  @EnumSource(RejectionCode.class)
  void everyRefusalIsAFailure(RejectionCode code) {
    Set<ExitStatus> failures = EnumSet.range(ExitStatus.USAGE, ExitStatus.UNAVAILABLE);
    assertTrue(failures.contains(ExitStatus.of(code)));
  }

  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE, 8",
    "UNAUTHORIZED, 4",
    "FORBIDDEN, 4",
    "TIMEOUT, 7",
    "LOST, 7",
    "PROTOCOL, 1"
  })
  void aServerThatCannotBeAskedHasItsCode(ConnectionException.Kind kind, int exit) {
    ScriptedTicketService desk =
        new ScriptedTicketService().failing(ScriptedTicketService.failure(kind, "no answer"));
    BilletsRun.Result result = BilletsRun.at(desk).run("list");
    assertEquals(exit, result.status().code());
    assertEquals("billets: no answer\n", result.err());
    assertEquals(
        "{\"code\":\"" + kind + "\",\"message\":\"no answer\",\"details\":{}}\n",
        BilletsRun.at(desk).run("list", "-o", "jsonl").err());
  }

  @Test
  void detailsGoToScripts() {
    RejectionDetails details = RejectionDetails.limit("title", 200);
    ServerMessage.Rejected rejected =
        new ServerMessage.Rejected("1", RejectionCode.INVALID, "the title is too long", details);
    ScriptedTicketService desk =
        new ScriptedTicketService().failing(new RejectedException(rejected));
    assertEquals(
        "{\"code\":\"INVALID\",\"message\":\"the title is too long\","
            + "\"details\":{\"field\":\"title\",\"limit\":200}}\n",
        BilletsRun.at(desk).run("create", "--title", "T", "-o", "json").err());
  }

  @Test
  void anUnforeseenFailureIsASentenceToo() {
    ScriptedTicketService desk =
        new ScriptedTicketService().failing(new IllegalStateException("the roof is gone"));
    BilletsRun.Result result = BilletsRun.at(desk).run("list");
    assertEquals(ExitStatus.FAILED, result.status());
    assertTrue(result.err().contains("the roof is gone"), result.err());
    assertEquals(1, result.err().lines().count());
    assertFalse(result.err().contains("\tat "));
  }

  @Test
  void whatAServerSaysCannotPlayTricks() {
    ScriptedTicketService desk =
        new ScriptedTicketService()
            .failing(
                ScriptedTicketService.refusal(RejectionCode.LOCKED, "held: \u001b[2J\u202etrick"));
    assertEquals("billets: held: �[2J�trick\n", BilletsRun.at(desk).run("lock", "17").err());
  }

  @Test
  void severalFailuresEndLikeTheFirst() {
    BilletsRun.Result result =
        BilletsRun.at(SampleTickets.obliging()).run("close", "404", "17", "405");
    assertEquals(ExitStatus.NOT_FOUND, result.status());
    assertEquals(2, result.err().lines().count());
  }

  @Test
  void whatWasNotTriedForWantOfAServerIsSaid() {
    ScriptedTicketService desk =
        new ScriptedTicketService()
            .failing(
                ScriptedTicketService.failure(ConnectionException.Kind.UNREACHABLE, "no server"));
    BilletsRun.Result result = BilletsRun.at(desk).run("close", "17", "18", "3f2a");
    assertEquals(ExitStatus.UNAVAILABLE, result.status());
    assertEquals("billets: ticket 17: no server; not tried: 18 3f2a\n", result.err());
    assertEquals(1, desk.asked.size());
  }

  @Test
  void theHelpListsEveryCode() {
    String help = BilletsRun.alone("help", "exit-codes").out();
    for (ExitStatus status : ExitStatus.values()) {
      assertTrue(help.contains(String.format("%n%5d  ", status.code())), status + "\n" + help);
    }
    for (RejectionCode code : RejectionCode.values()) {
      assertTrue(help.contains(code.name()), code.name());
    }
  }
}
