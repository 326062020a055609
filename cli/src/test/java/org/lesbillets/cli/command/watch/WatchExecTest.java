package org.lesbillets.cli.command.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.SampleTickets.PRINTER;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Real commands, run for the events of a scripted watch. */
final class WatchExecTest {
  private static final String NOTES =
      "printf '%s,' $BILLETS_EVENT $BILLETS_REVISION \"$BILLETS_TICKET\" \"$BILLETS_AGENT\""
          + " \"$BILLETS_MATCH\" >>notes; echo >>notes; cat >>events";

  @TempDir Path folder;

  private BilletsRun.Result watch(ScriptedTicketService desk, String script, String... more) {
    List<String> line = new ArrayList<>(List.of("watch", "-o", "jsonl"));
    line.addAll(List.of(more));
    line.addAll(List.of("--exec", "cd '" + folder + "'; " + script));
    return BilletsRun.at(desk).run(line.toArray(String[]::new));
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  @Test
  void itLearnsTheEventInBothWays() throws IOException {
    BilletsRun.Result result = watch(SampleTickets.queriedStory(), NOTES, "status:open");
    assertEquals("", result.err());
    assertEquals(ExitStatus.OK, result.status());
    assertEquals(
        List.of(
            "TicketCreated,17,17,alice,entered,",
            "TicketUpdated,88,17,bob,stays,",
            "TicketLocked,91,17,alice,stays,",
            "TicketCommented,93,17,bob,stays,",
            "TicketUnlocked,94,17,,stays,",
            "TicketUnlocked,95,17,bob,stays,",
            "TicketUpdated,96,17,alice,left,",
            "TicketPainted,97,17,bob,stays,"),
        lines("notes"));
    assertEquals(
        result.out().lines().toList(), lines("events"), "what is printed is what it reads");
  }

  @Test
  void itIsRunForAResyncToo() throws IOException {
    BilletsRun.Result result = watch(SampleTickets.story(), NOTES, "--all", "--count", "6");
    assertEquals(ExitStatus.OK, result.status());
    assertEquals("resync,93,,,,", lines("notes").get(5));
    JsonObject resync = JsonParser.parseString(lines("events").get(5)).getAsJsonObject();
    assertEquals("resync", resync.get("type").getAsString());
    assertEquals("j-2", resync.get("journalId").getAsString());
    assertEquals(7, lines("events").size(), "six events, and the resync between them");
  }

  @Test
  void itsFailureIsToldAndTheWatchGoesOn() throws IOException {
    String script = "echo >>ran; test $BILLETS_REVISION != 88 || exit 3";
    BilletsRun.Result result = watch(SampleTickets.queriedStory(), script, "status:open");
    assertEquals(ExitStatus.OK, result.status());
    assertEquals(8, lines("ran").size());
    JsonObject failure = JsonParser.parseString(result.err()).getAsJsonObject();
    assertEquals("EXEC_FAILED", failure.get("code").getAsString());
    String message = failure.get("message").getAsString();
    assertTrue(
        message.endsWith(
            " ended with 3 for the event at revision 88 (TicketUpdated of #17); the watch goes on"),
        message);
  }

  @Test
  void oneEndsBeforeTheNextBegins() throws IOException {
    String script = "echo begin >>order; sleep 0.05; echo end >>order";
    watch(SampleTickets.queriedStory(), script);
    List<String> order = lines("order");
    assertEquals(16, order.size());
    for (int i = 0; i < order.size(); i++) {
      assertEquals(i % 2 == 0 ? "begin" : "end", order.get(i));
    }
  }

  /** More than a pipe holds is given to one that reads nothing, and to one that reads late. */
  @Test
  void itNeedNotReadWhatItIsGiven() throws IOException {
    String text = "x".repeat(300_000);
    Ticket large = PRINTER.withContent(PRINTER.content().withDescription(text));
    WireEvent created =
        new WireEvent.TicketCreated(TicketMaker.NOW, new AgentName("alice"), large, false);
    ScriptedTicketService desk =
        new ScriptedTicketService()
            .watching(
                visitor -> {
                  visitor.event(EventMessage.pushed(new SequencedEvent(1, 0, created)));
                  visitor.event(EventMessage.pushed(new SequencedEvent(2, 1, created)));
                });
    String script = "if test $BILLETS_REVISION = 1; then echo >>ran; else sleep 0.1; cat >>ran; fi";
    BilletsRun.Result result = watch(desk, script);
    assertEquals("", result.err());
    assertTrue(Files.size(folder.resolve("ran")) > 300_000);
  }

  @Test
  void theLockOfWhoeverRunsItIsNotItsOwn() throws IOException {
    Files.writeString(folder.resolve("shown"), "");
    BilletsRun.at(SampleTickets.queriedStory())
        .with("BILLETS_LOCK_TOKEN", "91")
        .run(
            "--server",
            "localhost:7421",
            "watch",
            "--count",
            "1",
            "--exec",
            "echo \"$BILLETS_SERVER [$BILLETS_LOCK_TOKEN]\" >>'" + folder + "/shown'");
    assertEquals("ws://localhost:7421/tickets []", lines("shown").get(0));
  }

  @Test
  void anEmptyCommandIsNone() {
    ScriptedTicketService desk = SampleTickets.story();
    BilletsRun.Result result = BilletsRun.at(desk).run("watch", "--exec", " ");
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().startsWith("billets: --exec: there is no command"), result.err());
    assertFalse(result.err().contains("\tat "));
    assertEquals(List.of(), desk.asked);
  }
}
