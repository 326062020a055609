package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.server.command.OutputOption;

/** What all verbs of {@code billets-server} that end have in common. */
class ServerVerbsTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String words) {
    return ServerMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.replace("DIR", folder.toString()).split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verify",
        "backup",
        "restore",
        "compact",
        "token add",
        "token list",
        "token revoke",
        "config check",
        "config print"
      })
  void theHelpHasTheFormsOfTheOutputAndExamplesOfItsOwn(String verb) {
    assertEquals(0, run(verb + " --help"));
    String[] parts = out.toString().split("Examples:");
    assertEquals(2, parts.length, out::toString);
    assertTrue(parts[0].contains("-o, --output=text|json"), parts[0]);
    long others = parts[1].strip().lines().filter(line -> !line.contains(verb)).count();
    assertEquals(0, others, parts[1]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "verify --data DIR/no -o json            | 1 | FAILED | There is no journal ",
        "verify --output json --what             | 2 | USAGE  | Unknown option: '--what'",
        "verify -ojson extra                     | 2 | USAGE  | Unmatched argument",
        "verify -o json --config DIR/server.toml | 2 | USAGE  | there is no setting 'prot'",
        "backup --output=json                    | 2 | USAGE  | FILE",
        "backup DIR/copy --data DIR/no -o json   | 1 | FAILED | There is no journal ",
        "restore DIR/no --data DIR -o json       | 1 | FAILED | There is no backup",
        "compact --data DIR -o json              | 2 | USAGE  | Say what goes",
        "compact --data DIR -o json --keep 1     | 1 | FAILED | There is no journal ",
        "token add me -o json                    | 2 | USAGE  | 'me' cannot be a name",
        "token list --data DIR/file -o json      | 1 | FAILED | ",
        "token revoke bob --data DIR/d -o=json   | 1 | FAILED | 'bob' has no token",
        "config check -o json a b                | 2 | USAGE  | Unmatched argument",
        "config print -o json --prot             | 2 | USAGE  | --prot",
      })
  void asJsonAFailureIsOneObjectOnStderr(String words, int exit, String code, String said)
      throws Exception {
    Files.writeString(folder.resolve("server.toml"), "prot = 1\n");
    Files.createDirectory(folder.resolve("file"));
    Files.createDirectory(folder.resolve("file/tokens"));
    assertEquals(exit, run(words), err::toString);
    assertEquals("", out.toString());
    assertEquals(1, err.toString().lines().count(), err::toString);
    JsonObject failure = JsonParser.parseString(err.toString()).getAsJsonObject();
    assertEquals("[code, message, details]", failure.keySet().toString());
    assertEquals(code, failure.get("code").getAsString());
    String message = failure.get("message").getAsString();
    assertTrue(said == null || message.contains(said), message);
    assertFalse(message.startsWith("billets-server: "), message);
    assertTrue(failure.get("details").isJsonObject());
  }

  @Test
  void allProblemsOfTheSettingsAreInTheDetails() throws Exception {
    Files.writeString(folder.resolve("server.toml"), "prot = 1\nsessions = 'many'\n");
    assertEquals(2, run("token list -o json --config DIR/server.toml"));
    JsonObject failure = JsonParser.parseString(err.toString()).getAsJsonObject();
    assertEquals(2, failure.getAsJsonObject("details").getAsJsonArray("problems").size());
  }

  @ParameterizedTest
  @CsvSource({
    "verify -o json,          true",
    "verify --output json,    true",
    "verify --output=json,    true",
    "verify -ojson,           true",
    "verify -o=json,          true",
    "verify -o text,          false",
    "verify --output text,    false",
    "backup json,             false",
    "backup --o json,         false",
    "backup -o jsonl,         false",
    "--log json,              false"
  })
  void whoAsksForJsonIsSeenBeforeParsing(String words, boolean json) {
    assertEquals(json, OutputOption.asksForJson(Arrays.asList(words.split(" "))));
  }
}
