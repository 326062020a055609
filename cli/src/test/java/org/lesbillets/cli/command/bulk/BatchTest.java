package org.lesbillets.cli.command.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;

/** What batch makes of its lines. */
class BatchTest {
  private static final String COMMENT = "{'type':'CommentTicket','ticket':17,'text':'%s'}\n";

  @TempDir Path folder;

  private static String comment(String text) {
    return COMMENT.replace('\'', '"').formatted(text);
  }

  private static List<JsonObject> results(BilletsRun.Result result) {
    return result
        .out()
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private static String codes(BilletsRun.Result result) {
    return String.join(
        " ",
        results(result).stream()
            .map(
                line ->
                    line.get("line")
                        + (line.has("answer")
                            ? "ok"
                            : line.getAsJsonObject("error").get("code").getAsString()))
            .toList());
  }

  @Test
  void aLineIsARequestAndAResult() {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result =
        BilletsRun.at(desk).reading(comment("one") + comment("two")).run("batch");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertEquals("1ok 2ok", codes(result));
    assertEquals("", result.err());
    JsonObject answer = results(result).get(1).getAsJsonObject("answer");
    assertEquals("TicketCommented", answer.get("type").getAsString());
    assertEquals("two", answer.getAsJsonObject("comment").get("text").getAsString());
    assertTrue(!answer.has("requestId"), "it had none");
    assertEquals(
        new ClientMessage.CommentTicket("1", null, TicketRef.of(17), "one"), desk.asked.get(0));
  }

  @Test
  void anOperationIdIsKept() {
    ScriptedTicketService desk = SampleTickets.obliging();
    String id = "2f1c7a52-7d0b-4c3e-9b58-6f4f4e1d2c3b";
    String line = comment("one").replace("{", "{\"operationId\":\"" + id + "\",");
    BilletsRun.at(desk).reading(line).run("batch");
    ClientMessage.Change change = (ClientMessage.Change) desk.asked.get(0);
    assertEquals(id, change.operationId().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\n  \n"})
  void nothingToDoIsDoneAtOnce(String input) {
    ScriptedTicketService desk = new ScriptedTicketService();
    BilletsRun.Result result = BilletsRun.at(desk).reading(input).run("batch");
    assertEquals(new BilletsRun.Result(0, "", ""), result);
    assertEquals(List.of(), desk.asked);
    assertEquals("[]\n", BilletsRun.at(desk).reading(input).run("batch", "-o", "json").out());
  }

  @Test
  void whatIsNoTextOrTooLongIsABadLineAndTheNextIsRead() throws Exception {
    byte[] latin = "caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] first =
        ("\uFEFF" + comment("one").replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);
    byte[] large = comment("x".repeat(300_000)).getBytes(StandardCharsets.UTF_8);
    byte[] last = comment("last").strip().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("mixed.jsonl");
    Files.write(file, first);
    for (byte[] more : List.of(latin, large, last)) {
      Files.write(file, more, StandardOpenOption.APPEND);
    }
    BilletsRun.Result result =
        BilletsRun.at(SampleTickets.obliging()).run("batch", file.toString());
    assertEquals("1ok 2INVALID 3INVALID 4ok", codes(result));
    assertTrue(result.out().contains("the line is not UTF-8 text"), result.out());
    assertTrue(result.out().contains("the line is longer than 262144 bytes"), result.out());
    assertEquals(ExitStatus.USAGE, result.status());
  }

  @Test
  void aFieldThatIsNotKnownIsABadLineAndTheOthersAreDone() {
    String wrong = "{'type':'UpdateTicket','ticket':17,'changes':{'state':'closed'}}\n";
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result =
        BilletsRun.at(desk).reading(wrong.replace('\'', '"') + comment("one")).run("batch");
    assertEquals("1INVALID 2ok", codes(result));
    assertTrue(
        result.out().contains("state is no known field: did you mean status?"), result.out());
    assertEquals(ExitStatus.USAGE, result.status());
    assertEquals(1, desk.asked.size());
  }

  @ParameterizedTest
  @CsvSource({
    "Backup, Backup has no place in a batch",
    "Drain, Drain has no place in a batch",
    "ListSessions, ListSessions has no place in a batch",
    "'ClaimTicket\",\"waitForever\":true,\"note\":\"', a claim that is waited for has no place",
  })
  void aRequestThatIsNotServedIsABadLine(String type, String why) {
    String line = "{\"type\":\"%s\"}\n".formatted(type);
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).reading(line + comment("one")).run("batch");
    assertEquals("1INVALID 2ok", codes(result));
    assertTrue(result.out().contains(why), result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "LOCKED NOT_FOUND, CONFLICT",
    "NOT_FOUND LOCKED, NOT_FOUND",
    "INVALID, USAGE",
    "ok FORBIDDEN ok, DENIED",
    "ok STALE_TOKEN, LOCK_LOST",
    "BUSY, UNAVAILABLE",
    "UNCERTAIN ok, TIMED_OUT",
    "unreachable, UNAVAILABLE",
    "ok timeout, TIMED_OUT",
    "ok ok, OK"
  })
  void theFirstFailureDecidesHowItEnds(String script, ExitStatus status) {
    StringBuilder input = new StringBuilder();
    for (String word : script.split(" ")) {
      input.append(comment(word));
    }
    BilletsRun.Result result =
        BilletsRun.at(obeying()).reading(input.toString()).run("batch", "-o", "jsonl");
    assertEquals(status, result.status(), result.err());
    assertEquals(script.split(" ").length, results(result).size());
    if (status == ExitStatus.OK) {
      assertEquals("", result.err());
    } else {
      JsonObject failure = JsonParser.parseString(result.err()).getAsJsonObject();
      assertTrue(failure.get("message").getAsString().contains(" lines failed, line "));
      assertTrue(failure.get("code").getAsString().matches("[A-Z_]+"));
    }
  }

  /** A desk that does what a comment says. */
  private static ScriptedTicketService obeying() {
    return new ScriptedTicketService()
        .changing(
            change -> {
              String word = ((ClientMessage.CommentTicket) change).text();
              return switch (word) {
                case "ok" -> SampleTickets.done(change);
                case "unreachable", "timeout" ->
                    throw ScriptedTicketService.failure(
                        ConnectionException.Kind.valueOf(word.toUpperCase(Locale.ROOT)), "away");
                default ->
                    throw ScriptedTicketService.refusal(RejectionCode.valueOf(word), "refused.");
              };
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ok LOCKED ok ok | 1ok 2LOCKED | 1 of 2 lines failed, line 2 first: refused; 2 lines after"
            + " it were not sent",
        "LOCKED ok | 1LOCKED | 1 of 1 lines failed, line 1 first: refused; 1 line after it was not"
            + " sent",
        "ok LOCKED | 1ok 2LOCKED | 1 of 2 lines failed, line 2 first: refused.",
      })
  void itStopsWhereItIsToldTo(String script, String codes, String said) {
    StringBuilder input = new StringBuilder();
    for (String word : script.strip().split(" ")) {
      input.append(comment(word));
    }
    BilletsRun.Result result =
        BilletsRun.at(obeying()).reading(input.toString()).run("batch", "--stop-on-error");
    assertEquals(codes.strip(), codes(result));
    assertEquals("billets: " + said.strip() + "\n", result.err());
    assertEquals(ExitStatus.CONFLICT, result.status());
  }

  @Test
  void aPersonIsToldWhatToType() {
    BilletsRun.Result result = BilletsRun.at(new ScriptedTicketService()).terminal(80).run("batch");
    assertEquals("Type one operation a line, then press Ctrl-D on an empty line.\n", result.err());
  }
}
