package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.Verbs;
import org.lesbillets.tidy.RequiredTools;

/**
 * Every example of every help text is run as it stands there: by a real shell, at a real server
 * with some tickets, beside programs that stand for those it names.
 */
@Timeout(Patience.SECONDS)
class HelpExamplesTest {
  /** What an example may take for granted in which this stands; none has two that differ. */
  private static final Map<String, String> BEFORE =
      Map.of(
          "billets unlock", "mine",
          "$token", "mine",
          "--steal", "theirs",
          "test $? -eq 5", "theirs",
          "--for closed", "closed",
          "billets reopen", "closed",
          "--recover", "draft",
          "import tickets", "exported",
          "claim", "new");

  /** Verbs whose examples no shell without a terminal can run, each with the reason. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "tui", "draws on a terminal, as TuiTest has it",
          "bench", "measures for half a minute: BenchTest does for a second",
          "work", "works until a signal ends it: WorkTest plays it",
          "admin", "ends sessions, and leaves the server drained: AdminTest plays it",
          "admin redact", "needs a comment of its own: AdminTest plays it",
          "admin kick", "needs a session that lasts: AdminTest plays it",
          "admin drain", "leaves the server drained: AdminTest plays it");

  /** As {@code gh} prints them. */
  private static final String ISSUES =
      """
      [{"number": 4711, "title": "From elsewhere", "body": "", "state": "OPEN", "labels": [],
        "assignees": [], "author": {"login": "octocat"}, "createdAt": "2026-11-20T09:00:00Z",
        "updatedAt": "2026-11-21T09:00:00Z", "url": "https://example.org/4711", "comments": []}]
      """;

  @TempDir static Path folder;
  private static ServerProcess server;
  private static Billets alice;
  private static Billets bob;
  private static ShellWithBillets shell;

  @BeforeAll
  static void start() throws IOException {
    RequiredTools.find("jq", "jq");
    server = ServerProcess.start(folder);
    Files.createDirectories(folder.resolve("config/billets"));
    alice =
        server
            .newAgent("alice", "admin")
            .with("XDG_CONFIG_HOME", folder + "/config")
            .with("XDG_STATE_HOME", folder + "/state");
    bob = server.newAgent("bob");
    for (int number = 1; number <= 20; number++) {
      alice.does("create --title 'Printer on fire' --tag pager --assignee me").prints("" + number);
    }
    Files.writeString(folder.resolve("token"), alice.environment().get("BILLETS_TOKEN") + "\n");
    Files.setPosixFilePermissions(
        folder.resolve("token"), PosixFilePermissions.fromString("rw-------"));
    shell = new ShellWithBillets(folder.resolve("shell"), alice);
    for (String name : List.of("dmesg", "journalctl", "notify-send", "pass")) {
      shell.program("bin/" + name, "#!/bin/sh\necho \"$0 $*\"\n");
    }
    shell.program("bin/code", "#!/bin/sh\nfor file; do :; done\necho 'By hand.' >>\"$file\"\n");
    shell.program("bin/gh", "#!/bin/sh\ncat ../issues.json\n");
    file("../issues.json", ISSUES);
    file("issues.json", ISSUES);
    file("jira.csv", "Summary,Status,Sprint\nFrom a tracker,In Review,7\nDone there,Done,7\n");
    file("changes.jsonl", "{\"type\":\"CommentTicket\",\"ticket\":17,\"text\":\"Hello\"}");
    for (String name : List.of("migrate-customer.sh", "handle-one.sh", "page-me", "post-to-chat")) {
      shell.program(name, "#!/bin/sh\necho ran >>ran\n");
    }
  }

  private static void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve("shell").resolve(name), text);
  }

  @AfterAll
  static void end() throws IOException {
    shell.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> everyExampleRuns() {
    Stream<String> topics = Stream.of("", "agents", "exit-codes", "query");
    Stream<String> subjects = Stream.concat(topics, Verbs.told());
    Stream<String> run = subjects.filter(subject -> !ELSEWHERE.containsKey(subject));
    return run.flatMap(
        subject ->
            examples(subject).stream()
                .map(example -> DynamicTest.dynamicTest(example, () -> runs(example))));
  }

  /** The lines below "Examples:", one that ends with a backslash with the next. */
  private static List<String> examples(String subject) {
    String help = alice.does(("help " + subject).strip()).succeeds().out();
    String examples = help.substring(help.indexOf("\nExamples:\n") + "\nExamples:\n".length());
    return examples.replaceAll("\\\\\n *", "").lines().map(String::strip).toList();
  }

  private static void runs(String example) throws IOException {
    Map<String, String> variables = new TreeMap<>();
    variables.put("EDITOR", "code");
    prepare(example, variables);
    Files.deleteIfExists(folder.resolve("shell/ran"));
    ProcessOutcome outcome = shell.run(variables, script(example));
    outcome.says();
    outcome.exits(0);
    if (example.contains("./")) {
      assertTrue(Files.exists(folder.resolve("shell/ran")), example);
    }
    assertFalse(outcome.err().contains("not found"), outcome::toString);
  }

  /** A prompt does nothing before it is shown, and a hook has no end: here, after one event. */
  private static String script(String example) {
    if (example.startsWith("PS1=")) {
      return example + "; shown=${PS1@P}; echo \"$shown\"; test \"${shown//[!\\/]/}\" = /";
    }
    String begun = "until test -e ~/hook.cursor; do sleep 0.1; done";
    String bounded =
        example.contains("--cursor ~/hook.cursor")
            ? "(" + begun + "; billets comment 17 Hello) & " + example + " --count 1"
            : example;
    return "set -o pipefail; " + bounded;
  }

  private static void prepare(String example, Map<String, String> variables) throws IOException {
    if (!example.matches(".*(list|history|context|help|create|status|completion|show 17).*")) {
      alice.does("unlock --mine");
      bob.does("unlock --mine");
      alice.does("reopen 17 18 19").succeeds();
    }
    contexts(example.contains("context add") ? "" : "context = 'work'\n");
    for (Map.Entry<String, String> entry : BEFORE.entrySet()) {
      if (example.contains(entry.getKey())) {
        switch (entry.getValue()) {
          case "mine" -> variables.put("token", alice.does("lock 17").line());
          case "theirs" -> bob.does("lock 17").exits(0);
          case "closed" -> alice.does("close 17 18 19").succeeds();
          case "exported" -> {
            file("tickets.jsonl", alice.does("export").succeeds().out());
            // That comments are left out is no failure.
            file("tickets.csv", alice.does("export --format csv").exits(0).out());
          }
          case "new" -> alice.does("create --title New --tag printer --tag bot").exits(0);
          default -> shell.run(Map.of("EDITOR", "code \"$1\"; false"), "billets edit 17");
        }
        return;
      }
    }
  }

  private static void contexts(String current) throws IOException {
    String context =
        "server = '%s'\ntoken_file = '%s/token'\n".formatted(server.url(), folder.toRealPath());
    String contexts =
        "[contexts.work]\n%s[contexts.home]\n%s[contexts.new]\n%s"
            .formatted(context, context, context);
    Files.writeString(
        folder.resolve("config/billets/config.toml"), current.isEmpty() ? "" : current + contexts);
  }

  @Test
  void aBrokenExampleWouldBeNoticed() {
    assertEquals(2, shell.run(Map.of(), "billets list --nonsense").exit());
    assertEquals("17\n", shell.run(Map.of(), "billets list number:17 -o id | cat").out());
    assertEquals(3, shell.run(Map.of(), "echo x | billets comment 987654").exit());
  }
}
