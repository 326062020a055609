package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.PageCommands.Block;
import org.lesbillets.tidy.RequiredTools;

/**
 * The commands of README.md and of the pages below docs are run as they stand there, page by page,
 * by a real shell at one server; what a page shows of their output is compared. Paths of a machine
 * ({@code /srv}, {@code /etc}, {@code /tmp}) are below the test's folder. A transcript is of a
 * terminal.
 */
@Timeout(Patience.SECONDS)
class PageCommandsTest {
  private static final int LEAST_WORDS = 3;
  private static final String ISSUES =
      """
      [{"number": 4711, "title": "From elsewhere", "body": "", "state": "OPEN", "labels": [],
        "assignees": [], "author": {"login": "octocat"}, "createdAt": "2026-11-20T09:00:00Z",
        "updatedAt": "2026-11-21T09:00:00Z", "url": "https://example.org/4711", "comments": []}]
      """;

  /** Verbs at the data directory of the test's server; a server that serves is one of its own. */
  private static final String SERVER =
      """
      #!/bin/bash
      case ${1:-} in
        token)
          out=$(%1$s "$@") || exit
          echo "$out"
          export BILLETS_TOKEN_FILE='' BILLETS_TOKEN=$out
          [ "$2" != add ] || until billets list --limit 1; do sleep 0.05; done >/dev/null 2>&1
          exit ;;
        verify | backup | restore | compact | config) exec %1$s "$@" ;;
      esac
      : >ready
      %1$s "$@" --port 0 --data "$(mktemp -d "$PWD/data.XXXXXX")" >ready & pid=$!
      until [ -s ready ]; do kill -0 $pid || exit 1; sleep 0.02; done
      sed 's/:[0-9][0-9]*[/]/:7420\\//' ready
      kill $pid
      wait $pid
      """;

  /** Runs what a status line has a shell run, as tmux does. */
  private static final String TMUX =
      """
      #!/bin/bash
      [[ $3 != status-* || $4 != '#('*')' ]] || sh -e -c "${4:2:-1}"
      """;

  @TempDir static Path folder;
  private static ServerProcess server;
  private static ShellWithBillets shell;

  @BeforeAll
  static void start() throws IOException {
    RequiredTools.find("curl", "curl");
    RequiredTools.find("jq", "jq");
    server = ServerProcess.start(folder);
    Billets alice = server.newAgent("alice", "admin");
    token("alice.token", alice.environment().get("BILLETS_TOKEN"));
    token("work.token", alice.environment().get("BILLETS_TOKEN"));
    Billets known =
        new Billets(
            folder,
            Map.of(
                "BILLETS_SERVER",
                server.url(),
                "BILLETS_TOKEN_FILE",
                folder + "/shell/alice.token",
                "XDG_CONFIG_HOME",
                folder + "/config",
                "XDG_STATE_HOME",
                folder.toString(),
                "HOME",
                folder + "/shell",
                // These live for a second: what C2 would compile is not worth its time.
                "BILLETS_SERVER_JAVA_OPTS",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
    shell = new ShellWithBillets(folder.resolve("shell"), known);
    shell.program("bin/billets-server", SERVER.formatted(Distribution.server().get(0)));
    for (String name :
        List.of(
            "pay-back", "call-the-customer", "page-me", "sync", "handle-one", "deploy", "bin/gh")) {
      shell.program(name, "#!/bin/sh\ncat \"$HOME/issues.json\"\n");
    }
    shell.program("bin/tmux", TMUX);
    file("issues.json", ISSUES);
    file(
        "issues.csv",
        "Issue ID,Title,State,Labels,URL,Author,Created At (UTC),Closed At (UTC)\n"
            + "4712,From elsewhere,Closed,,,bob,2026-11-20 09:00:00,2026-11-21 09:00:00\n");
    file("changes.jsonl", "{\"type\":\"CommentTicket\",\"ticket\":1,\"text\":\"Hello\"}\n");
    for (String path : List.of("srv/backup", "tmp", "etc")) {
      Files.createDirectories(folder.resolve("root").resolve(path));
    }
    Files.createDirectories(folder.resolve("config/billets"));
    Files.copy(server.data().resolve("local.token"), folder.resolve("shell/local.token"));
  }

  /** What a page takes for granted: a context that it does not make, and some tickets. */
  private static void prepare(PageCommands page) throws IOException {
    boolean makes = Files.readString(page.page()).contains("context add home");
    String home = "[contexts.home]\nserver = '%s'\ntoken_file = '%s/shell/alice.token'\n";
    Files.writeString(
        folder.resolve("config/billets/config.toml"),
        makes ? "" : home.formatted(server.url(), folder.toRealPath()));
    if (!page.page().endsWith("README.md")) {
      String script =
          "billets reopen 1; billets create --title Refund --priority high --tag refund --tag"
              + " pager";
      assertEquals(0, shell.run(Map.of(), script).exit());
    }
  }

  private static void token(String name, String token) throws IOException {
    file(name, token + "\n");
    Files.setPosixFilePermissions(
        folder.resolve("shell").resolve(name), PosixFilePermissions.fromString("rw-------"));
  }

  private static void file(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("shell"));
    Files.writeString(folder.resolve("shell").resolve(name), text);
  }

  @AfterAll
  static void end() throws IOException {
    shell.close();
    server.close();
  }

  /** README.md first: its tickets are the first there are. */
  private static List<PageCommands> pages() throws IOException {
    List<PageCommands> pages = new ArrayList<>();
    pages.add(PageCommands.of(Distribution.root().resolve("README.md")));
    try (Stream<Path> files = Files.walk(Distribution.root().resolve("docs"))) {
      for (Path page : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        pages.add(PageCommands.of(page));
      }
    }
    return pages;
  }

  @TestFactory
  Stream<DynamicTest> areRunAsTheyStandThere() throws IOException {
    return pages().stream()
        .filter(page -> !page.run().isEmpty())
        .map(
            page ->
                dynamicTest(
                    Distribution.root().relativize(page.page()).toString(), () -> runs(page)));
  }

  @Test
  void whatIsNotRunHasAReason(TestReporter reporter) throws IOException {
    int run = 0;
    Map<String, String> notRun = new TreeMap<>();
    for (PageCommands page : pages()) {
      run += page.run().size();
      for (Block block : page.notRun()) {
        String where = Distribution.root().relativize(page.page()) + ":" + block.line();
        notRun.put(where, block.reason());
        assertTrue(block.reason().split(" ").length >= LEAST_WORDS, where);
      }
    }
    reporter.publishEntry(run + " blocks are run, and these are not: " + notRun);
    assertTrue(run >= 20, "only " + run + " blocks are run; not run: " + notRun);
  }

  /** A command, and what the page shows of its output. */
  private record Step(int line, String command, List<String> expected) {}

  private static List<Step> steps(Block block) {
    if (!block.isTranscript()) {
      return List.of(new Step(block.line(), String.join("\n", block.lines()), List.of()));
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < block.lines().size(); i++) {
      String line = block.lines().get(i);
      if (line.startsWith("$ ")) {
        steps.add(new Step(block.line() + i, line.substring(2), new ArrayList<>()));
      } else {
        steps.get(steps.size() - 1).expected.add(line);
      }
    }
    return steps;
  }

  private static void runs(PageCommands page) throws IOException {
    prepare(page);
    List<Step> steps = page.run().stream().flatMap(block -> steps(block).stream()).toList();
    StringBuilder script = new StringBuilder("set -e -o pipefail\n");
    for (Step step : steps) {
      script.append("echo '@@").append(step.line).append("'\n").append(command(step)).append('\n');
    }
    ProcessOutcome outcome;
    try (Running running = shell.start(Map.of(), script.toString())) {
      running.end((int) Patience.SECONDS);
      outcome = running.outcome();
    }
    assertEquals(0, outcome.exit(), () -> page.page() + ": " + outcome);
    String out = outcome.out();
    for (Step step : steps) {
      String begun = out.substring(out.indexOf("@@" + step.line + "\n"));
      String printed = begun.substring(begun.indexOf('\n') + 1).replaceFirst("(?s)@@\\d+\n.*", "");
      compare(page, step, printed);
    }
  }

  private static String command(Step step) {
    String command =
        step.command
            .replaceAll("(?m)^" + PageCommands.CRON, "")
            .replaceAll("(?<![\\w.~}])/(srv|etc|tmp)/", folder + "/root/$1/")
            .replace("127.0.0.1:7420/", "127.0.0.1:" + server.port() + "/");
    if (command.startsWith("PS1=")) {
      return command + "\n: \"${PS1@P}\"";
    }
    boolean shown = !step.expected.isEmpty() && command.startsWith("billets ");
    return shown ? command.replaceFirst(" *(#.*)?$", " -o table") : command;
  }

  private static void compare(PageCommands page, Step step, String printed) {
    List<String> lines = printed.lines().map(PageCommandsTest::normal).toList();
    List<String> expected = step.expected.stream().map(PageCommandsTest::normal).toList();
    if (!expected.isEmpty()) {
      // A watch would go on for ever: the stand-in ends it with its first event.
      int compared = Math.min(lines.size(), step.command.contains(" watch") ? 1 : lines.size());
      assertEquals(
          expected.subList(0, Math.min(expected.size(), Math.max(1, compared))),
          lines.subList(0, compared),
          () -> page.page() + ", line " + step.line);
    }
  }

  /** Ages, times of day and the widths of columns differ from run to run. */
  private static String normal(String line) {
    return line.replaceAll(" +", " ")
        .replaceAll("\\b(\\d+[sm]|now)(?= [A-Z])", "0s")
        .replaceAll("\\b\\d\\d:\\d\\d:\\d\\d\\b", "00:00:00")
        .strip();
  }
}
