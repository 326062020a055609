package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;

/** Each verb prints each format from what the real server says. */
@Timeout(Patience.SECONDS)
@WithServer
class FormatTest {
  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;

  /** TICKET is an open ticket of the test's own; LOCKED one that alice holds. */
  private static final List<String> VERBS =
      List.of(
          "list number:TICKET",
          "show TICKET",
          "show TICKET --history",
          "create --title 'Éric & «Zoë» 🦊'",
          "update TICKET --priority high",
          "close TICKET",
          "reopen TICKET",
          "comment TICKET 'two\nlines'",
          "lock TICKET",
          "unlock LOCKED",
          "locks",
          "watch number:TICKET --since 0 --count 1",
          "history TICKET");

  @BeforeAll
  static void start() {
    alice.does("create --title 'held all the time'").prints("1");
    alice.does("lock 1").exits(0);
  }

  @TestFactory
  Stream<DynamicTest> everyVerbInEveryFormat() {
    return VERBS.stream()
        .flatMap(
            verb ->
                Stream.of("table", "json", "jsonl", "tsv", "id")
                    .map(
                        format ->
                            DynamicTest.dynamicTest(
                                verb + " -o " + format, () -> run(verb, format))));
  }

  private static void run(String verb, String format) {
    String number =
        alice.does("create --title 'Snow\\☃ and\ttab' --tag a".replace('\t', ' ')).line();
    if (verb.contains("LOCKED")) {
      alice.does("lock " + number).exits(0);
    }
    String words = verb.replace("TICKET", number).replace("LOCKED", number);
    ProcessOutcome outcome = alice.does(words + " -o " + format).succeeds();
    switch (format) {
      case "json" -> isJson(JsonParser.parseString(outcome.out()));
      case "jsonl" -> outcome.jsonLines().forEach(FormatTest::isJson);
      case "id" -> assertTrue(outcome.out().matches("([0-9]+\n)+"), outcome::toString);
      case "tsv" -> assertFalse(outcome.out().contains("{"), outcome::toString);
      default -> assertFalse(outcome.out().isBlank(), outcome::toString);
    }
  }

  private static void isJson(JsonElement json) {
    if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(FormatTest::isJson);
    } else {
      String text = json.toString();
      assertTrue(text.contains("\"number\":"), text);
      assertEquals(text, JsonParser.parseString(text).toString());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFailureInEveryFormat() {
    return Stream.of("json", "jsonl")
        .map(format -> DynamicTest.dynamicTest(format, () -> failsAsJson(format)));
  }

  private static void failsAsJson(String format) {
    ProcessOutcome unknown = alice.does("show 4711 -o " + format).exits(3);
    assertEquals("", unknown.out());
    assertEquals(
        "NOT_FOUND",
        JsonParser.parseString(unknown.err()).getAsJsonObject().get("code").getAsString());
  }
}
