package org.lesbillets.cli.command.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.command.ScriptedTicketService;

/** How a watch ends that is to see some events, or to last some time. */
class WatchEndTest {
  /** The story has 11 events that are no renewals, and one that is. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "watch --count 12 --within 1m, 7, 11, only 11 of 12 events came within 1m",
    "watch --count 12 --within 1m --all, 0, 12, ''",
    "watch --count 11 --within 1m, 0, 11, ''",
    "watch --count 2 --within 1m, 0, 2, ''",
    "watch --next --within 1h30m, 0, 1, ''",
    "watch --next, 0, 1, ''",
    "watch --within 1m, 0, 11, ''",
    "watch tag:x --count 99 --within 1h30m, 7, 11, only 11 of 99 events came within 90m"
  })
  void aCountThatIsNotReachedInTimeIsAFailure(String line, int code, int events, String said) {
    BilletsRun.Result result = BilletsRun.at(SampleTickets.story()).run(line.split(" "));
    assertEquals(code, result.code(), result.err());
    assertEquals(events, result.out().lines().filter(l -> l.contains("\"ticketId\"")).count());
    assertEquals(!said.isEmpty(), result.err().contains("came within"), result.err());
    assertTrue(result.err().contains(said), result.err());
  }

  @Test
  void noneIsToldAsNone() {
    ScriptedTicketService desk = new ScriptedTicketService().watching(visitor -> {});
    BilletsRun.Result result = BilletsRun.at(desk).run("watch", "--next", "--within", "5s");
    assertEquals(ExitStatus.TIMED_OUT, result.status());
    assertTrue(result.err().startsWith("billets: no event came within 5s: "), result.err());
  }

  @Test
  void whatCameIsWholeJson() {
    BilletsRun.Result result =
        BilletsRun.at(SampleTickets.story())
            .run("watch", "--count", "50", "--within", "5s", "-o", "json");
    assertEquals(ExitStatus.TIMED_OUT, result.status());
    assertEquals(12, JsonParser.parseString(result.out()).getAsJsonArray().size());
    String last = result.err().lines().reduce((first, second) -> second).orElseThrow();
    assertEquals(
        "TIMEOUT", JsonParser.parseString(last).getAsJsonObject().get("code").getAsString());
  }
}
