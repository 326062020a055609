package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.acceptance.WithServer.Agent;

/** What a verb of one answer does not need is not loaded for it: each class takes its time. */
@Timeout(Patience.SECONDS)
@WithServer
class TouchedClassesTest {
  /** Libraries, and parts of the JDK that bring hundreds of classes with them. */
  private static final Pattern UNNEEDED =
      Pattern.compile(
          "(com\\.googlecode\\.lanterna|org\\.jline|org\\.tomlj|org\\.antlr|com\\.github\\.difflib"
              + "|jakarta\\.websocket|org\\.glassfish|java\\.util\\.logging|javax\\.net\\.ssl"
              + "|sun\\.security\\.(ssl|provider)|java\\.sql|java\\.time\\.zone"
              + "|org\\.HdrHistogram"
              + "|org\\.lesbillets\\.cli\\.(tui|command\\.edit|client\\.bench))\\..*"
              + "|java\\.lang\\.reflect\\.Proxy|com\\.google\\.gson\\.Gson");

  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;

  @BeforeAll
  static void start() {
    for (int i = 0; i < 3; i++) {
      alice.does("create --title t").succeeds();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "list status:open --sort -updated -o json",
        "list -o jsonl",
        "list -o id",
        "locks",
        "show 1 -o json",
        "show 1 --field title",
        "create --title x --tag y",
        "update 2 --priority high --add-tag z",
        "comment 2 text",
        "lock 3 --ttl 1h",
        "unlock --mine",
        "claim",
        "close 2",
        "--version"
      })
  void aVerbOfOneAnswerTouchesNothingElse(String line) throws IOException {
    Path log = folder.resolve("classes");
    List<String> command = Distribution.billetsFromClasses(line.split(" "));
    command.add(1, "-Xlog:class+load:file=" + log);
    Running.run(folder, alice.environment(), command).succeeds();
    List<String> loaded =
        Files.readAllLines(log).stream()
            .filter(entry -> entry.contains(" source: "))
            .map(entry -> entry.replaceFirst(".*\\] (\\S+) source: .*", "$1"))
            .toList();
    assertTrue(loaded.contains("org.lesbillets.cli.BilletsMain"), "what is looked at is there");
    assertEquals(
        List.of(), loaded.stream().filter(name -> UNNEEDED.matcher(name).matches()).toList());
  }
}
