package org.lesbillets.cli.command.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.command.ScriptedTicketService;

/** Whom status asks, and what it says when nobody answers. */
class StatusTest {
  private static final String TEMPLATE = "{mine}/{open} {locked} {left}";

  @TempDir Path state;

  private BilletsRun at(ScriptedTicketService desk) {
    return BilletsRun.at(desk).with("XDG_STATE_HOME", state.toString());
  }

  private static ScriptedTicketService away() {
    return new ScriptedTicketService()
        .failing(
            ScriptedTicketService.failure(ConnectionException.Kind.UNREACHABLE, "nobody listens"));
  }

  @Test
  void aSecondOneAsksNobody() {
    ScriptedTicketService desk = SampleTickets.standing();
    assertEquals("2/12 2 42s\n", at(desk).run("status", "--format", TEMPLATE).out());
    assertEquals(3, desk.asked.size());
    assertTrue(desk.closed);
    BilletsRun.Result second = at(away()).run("status", "--format", TEMPLATE);
    assertEquals(ExitStatus.OK, second.status());
    assertTrue(second.out().matches("2/12 2 4[0-2]s\n"), second.out());
    assertEquals(ExitStatus.UNAVAILABLE, at(away()).run("status", "--max-age", "0s").status());
  }

  @Test
  void anotherServerIsAsked() {
    at(SampleTickets.standing()).run("status");
    assertEquals(ExitStatus.UNAVAILABLE, at(away()).run("status", "--server", "other").status());
    assertEquals(ExitStatus.OK, at(away()).run("status").status());
  }

  @Test
  void anotherTokenIsAnotherAgent() {
    at(SampleTickets.standing()).with("BILLETS_TOKEN", "one").run("status");
    assertEquals(ExitStatus.OK, at(away()).with("BILLETS_TOKEN", "one").run("status").status());
    assertEquals(
        ExitStatus.UNAVAILABLE, at(away()).with("BILLETS_TOKEN", "two").run("status").status());
  }

  @Test
  void theTokenIsNotKept() throws Exception {
    at(SampleTickets.standing()).with("BILLETS_TOKEN", "a-secret").run("status");
    try (var files = Files.walk(state)) {
      List<Path> kept = files.filter(Files::isRegularFile).toList();
      assertEquals(1, kept.size());
      assertTrue(!Files.readString(kept.get(0)).contains("a-secret"));
    }
  }

  @Test
  void whoeverTalksToTheServerHasTheNextOneAsk() {
    for (String verb : List.of("lock 17", "unlock 17", "list", "create --title T")) {
      at(SampleTickets.standing()).run("status");
      at(SampleTickets.obliging()).run(verb.split(" "));
      ScriptedTicketService desk = SampleTickets.standing();
      at(desk).run("status");
      assertEquals(3, desk.asked.size(), verb);
    }
  }

  @Test
  void aServerThatIsAwayIsAFailureUnlessThereIsAFallback() {
    ScriptedTicketService away = away();
    BilletsRun.Result failed = at(away).run("status", "--format", TEMPLATE);
    assertEquals(ExitStatus.UNAVAILABLE, failed.status());
    assertEquals("", failed.out());
    assertEquals("billets: nobody listens\n", failed.err());
    ScriptedTicketService back = SampleTickets.standing();
    BilletsRun.Result fallen = at(back).run("status", "--format", TEMPLATE, "--fallback", "-");
    assertEquals(ExitStatus.OK, fallen.status());
    assertEquals("-\n", fallen.out());
    assertEquals("", fallen.err());
    assertEquals(0, back.asked.size(), "nobody is asked again so soon");
    assertEquals(
        "2/12 2 42s\n", at(back).run("status", "--max-age=0s", "--format", TEMPLATE).out());
  }

  @ParameterizedTest
  @CsvSource({"'', 1 s", "--timeout 250ms, 250 ms"})
  void aTokenThatDoesNotComeIsNotWaitedForEither(String more, String bound) throws Exception {
    Path config = Files.createDirectories(state.resolve("billets")).resolve("config.toml");
    Files.writeString(config, "[contexts.work]\nserver = 'a'\ntoken_command = 'exec sleep 1000'\n");
    BilletsRun hanging =
        at(SampleTickets.standing())
            .with("XDG_CONFIG_HOME", state.toString())
            .opening(settings -> settings.token().token());
    String line = "status --context work --max-age 0s --format {open} " + more;
    BilletsRun.Result failed = hanging.run(line.strip().split(" "));
    assertEquals(ExitStatus.DENIED, failed.status());
    assertTrue(failed.err().contains("did not end within " + bound), failed.err());
    BilletsRun.Result fallen = hanging.run((line + " --fallback -").split(" +"));
    assertEquals(new BilletsRun.Result(0, "-\n", ""), fallen);
  }

  @Test
  void theServerGetsASecondUnlessToldOtherwise() {
    List<String> timeouts = new ArrayList<>();
    for (String more : List.of("", "--timeout 3s")) {
      BilletsRun run =
          at(SampleTickets.standing())
              .opening(settings -> timeouts.add(settings.timeout().toString()));
      run.run(("status --max-age 0s " + more).strip().split(" "));
    }
    assertEquals(List.of("PT1S", "PT3S"), timeouts);
  }
}
