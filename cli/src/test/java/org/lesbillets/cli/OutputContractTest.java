package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.cli.text.CellText;

/** What holds for whatever any verb prints in any format, anywhere; read from the golden files. */
class OutputContractTest {
  /** Notes that are no failures may stand beside data. */
  private static final int DONE = 0;

  private static List<CliGoldenFile.Entry> inFormat(String format) {
    return CliGoldenFile.allEntries().stream().filter(entry -> entry.hasFormat(format)).toList();
  }

  /** One text of JSON, and nothing behind it. */
  private static void assertOne(String json, Object where) throws IOException {
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      reader.skipValue();
      assertEquals(JsonToken.END_DOCUMENT, reader.peek(), where::toString);
    }
  }

  @Test
  void jsonIsOneText() throws IOException {
    for (CliGoldenFile.Entry entry : inFormat("json")) {
      if (!entry.out().isEmpty()) {
        assertOne(entry.out(), entry);
      }
      assertTrue(entry.code() != DONE || !entry.out().isEmpty(), entry + " prints something");
    }
  }

  @Test
  void jsonlIsOneObjectALine() throws IOException {
    for (CliGoldenFile.Entry entry : inFormat("jsonl")) {
      for (String line : entry.out().lines().toList()) {
        assertOne(line, entry);
      }
    }
  }

  @Test
  void aFailureIsOneObjectWhereJsonWasAskedFor() throws IOException {
    for (CliGoldenFile.Entry entry :
        Stream.concat(inFormat("json").stream(), inFormat("jsonl").stream()).toList()) {
      if (entry.code() != DONE) {
        for (String text : failures(entry)) {
          assertOne(text, entry);
          JsonObject failure = JsonParser.parseString(text).getAsJsonObject();
          assertEquals(Set.of("code", "message", "details"), failure.keySet(), entry::toString);
          assertTrue(failure.get("details").isJsonObject(), entry::toString);
        }
      }
    }
  }

  /**
   * An import tells of each record that did not come in, and a benchmark what it does, on a line of
   * its own.
   */
  private static List<String> failures(CliGoldenFile.Entry entry) {
    boolean many = entry.command().startsWith("import") || entry.command().startsWith("bench");
    return many ? entry.err() : List.of(String.join("\n", entry.err()));
  }

  @Test
  void everyOtherFailureIsASentence() {
    for (CliGoldenFile.Entry entry : CliGoldenFile.allEntries()) {
      boolean json = entry.hasFormat("json") || entry.hasFormat("jsonl");
      if (entry.code() != DONE && !json) {
        assertTrue(entry.err().get(0).startsWith("billets: "), entry::toString);
      }
    }
  }

  @Test
  void noTextCanPlayTricksOnATerminal() {
    for (CliGoldenFile.Entry entry : CliGoldenFile.allEntries()) {
      if (entry.where().startsWith("terminal") || entry.hasFormat("table")) {
        String bare = entry.out().replaceAll("␛\\[[0-9;]*m", "") + String.join("\n", entry.err());
        assertFalse(
            bare.matches("(?s).*[\\p{Cc}\\p{Cf}\\u2028\\u2029␛&&[^\n\t]].*"), entry::toString);
        assertTrue(entry.hasFormat("tsv") || !bare.contains("\t"), entry::toString);
      }
    }
  }

  @Test
  void jsonHasTheTextsAsTheyAre() {
    List<CliGoldenFile.Entry> lists =
        inFormat("jsonl").stream().filter(entry -> entry.command().startsWith("list ")).toList();
    String title = "red \\u001b[31malert\\u0007 \u009b2J \u202efdp.exe \u200bhidden\\ttab\\\\n";
    assertTrue(lists.stream().anyMatch(entry -> entry.out().contains(title)));
  }

  static Stream<String> fitting() {
    return Stream.of(
        "list", "locks", "show", "history", "watch", "status", "context list", "admin sessions");
  }

  /** One value alone is a script's, and is never cut. */
  @ParameterizedTest
  @MethodSource("fitting")
  void whatIsListedFitsTheScreen(String verb) {
    List<CliGoldenFile.Entry> entries =
        CliGoldenFile.allEntries().stream()
            .filter(entry -> (entry.command() + " ").startsWith(verb + " "))
            .filter(entry -> entry.where().startsWith("terminal") && !entry.hasFormat("tsv"))
            .filter(entry -> !entry.command().contains("--field"))
            .toList();
    assertFalse(entries.isEmpty());
    for (CliGoldenFile.Entry entry : entries) {
      int width = Integer.parseInt(entry.where().replaceAll("\\D", ""));
      for (String line : entry.out().replaceAll("␛\\[[0-9;]*m", "").lines().toList()) {
        assertTrue(CellText.width(line) <= width, entry + ": " + line);
      }
    }
  }

  /** Taken away, colour takes away nothing. */
  @Test
  void colourOnlyRepeatsWhatTheWordsSay() {
    int coloured = 0;
    for (CliGoldenFile file : CliGoldenFile.all()) {
      for (int i = 0; i + 1 < file.entries().size(); i++) {
        CliGoldenFile.Entry one = file.entries().get(i);
        CliGoldenFile.Entry bare = file.entries().get(i + 1);
        if (bare.where().equals(one.where() + ", NO_COLOR")) {
          assertEquals(one.out().replaceAll("␛\\[[0-9;]*m", ""), bare.out(), one::toString);
          coloured += one.out().contains("␛[") ? 1 : 0;
        }
      }
    }
    assertTrue(coloured > 10, "there is colour to take away");
  }
}
