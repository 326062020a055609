package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.command.ScriptedTicketService;

/**
 * What every verb prints in every format, as transcripts: {@code $} what was run and where, the
 * output as it is (␛ for escape), {@code !} lines of standard error, {@code =} the exit status. Run
 * with {@code -Dgolden.write=true} to write the files anew, and read the difference.
 */
class CliGoldenTest {
  private static final List<String> FORMATS = List.of("table", "json", "jsonl", "tsv", "id");

  private record Transcript(
      String name, Supplier<ScriptedTicketService> desk, List<String> commands) {}

  private static final List<Transcript> TRANSCRIPTS =
      List.of(
          new Transcript("list", SampleTickets::list, List.of("list")),
          new Transcript(
              "columns",
              SampleTickets::list,
              List.of(
                  "list --fields number,lock.holder,tags,description,title --empty -",
                  "locks --fields expiresInMillis,number,requester")),
          new Transcript(
              "columns-empty",
              SampleTickets::list,
              List.of("list --empty -", "locks --empty none")),
          new Transcript(
              "columns-history",
              SampleTickets::details,
              List.of(
                  "history 17 --fields revision,by,changes.assignee.to,what --empty -",
                  "history 17 --empty -")),
          new Transcript("list-none", ScriptedTicketService::new, List.of("list")),
          new Transcript(
              "list-cut",
              () -> new ScriptedTicketService().holding(37, SampleTickets.PRINTER),
              List.of("list --limit 1")),
          new Transcript(
              "show",
              SampleTickets::details,
              List.of("show 17", "show 17 --history", "show 17 --field lock.holder", "show 17 18")),
          new Transcript(
              "fields",
              SampleTickets::details,
              List.of(
                  "show 17 --field tags",
                  "show 17 --field lock",
                  "show 17 --field title",
                  "show 17 18 --field tags")),
          new Transcript("create", SampleTickets::obliging, List.of("create --title New")),
          new Transcript(
              "update",
              SampleTickets::obliging,
              List.of(
                  "update 17 --priority low --assignee= --add-tag new",
                  "update 17 --unlock",
                  "update 17 404 18 --priority low")),
          new Transcript(
              "close",
              SampleTickets::obliging,
              List.of("close 17", "close 17 404 18", "close 404 405")),
          new Transcript(
              "snooze",
              SampleTickets::obliging,
              List.of("snooze 17 --for 2h", "snooze 17 18 --until 'tomorrow 9:00'")),
          new Transcript("wake", SampleTickets::obliging, List.of("wake 17")),
          new Transcript(
              "raise",
              SampleTickets::obliging,
              List.of("raise --key disk --title Full", "raise --key disk --resolve")),
          new Transcript("reopen", SampleTickets::obliging, List.of("reopen 17", "reopen 17 18")),
          new Transcript(
              "comment",
              SampleTickets::obliging,
              List.of("comment 17 Hello", "comment 17 18 --text Hello")),
          new Transcript("lock", SampleTickets::obliging, List.of("lock 17", "lock 17 --token 91")),
          new Transcript(
              "lock-steal",
              SampleTickets::held,
              List.of("lock 17 --steal --reason why", "lock 17 --wait")),
          new Transcript(
              "claim",
              SampleTickets::obliging,
              List.of("claim tag:x", "claim tag:x --return", "claim tag:none")),
          new Transcript(
              "unlock", SampleTickets::obliging, List.of("unlock 17", "unlock 17 404 18")),
          new Transcript(
              "unlock-force", SampleTickets::held, List.of("unlock 17 --force --reason why")),
          new Transcript("unlock-mine", SampleTickets::mine, List.of("unlock --mine")),
          new Transcript("unlock-none", ScriptedTicketService::new, List.of("unlock --mine")),
          new Transcript("wait", SampleTickets::held, List.of("wait 17 --for locked")),
          new Transcript("locks", SampleTickets::list, List.of("locks")),
          new Transcript("locks-none", ScriptedTicketService::new, List.of("locks")),
          new Transcript("edit", SampleTickets::editable, List.of("edit 17")),
          new Transcript("edit-lost", SampleTickets::stolen, List.of("edit 17")),
          new Transcript("watch", SampleTickets::story, List.of("watch", "watch --all --count 4")),
          new Transcript("watch-query", SampleTickets::queriedStory, List.of("watch status:open")),
          new Transcript(
              "watch-initial", SampleTickets::beginning, List.of("watch --initial --count 1")),
          new Transcript("watch-time", SampleTickets::ageing, List.of("watch age:>2h")),
          new Transcript("watch-import", SampleTickets::importing, List.of("watch")),
          new Transcript("watch-returned", SampleTickets::returning, List.of("watch")),
          new Transcript(
              "watch-none",
              () -> new ScriptedTicketService().watching(v -> {}),
              List.of("watch tag:x")),
          new Transcript("history", SampleTickets::details, List.of("history 17")),
          new Transcript(
              "batch",
              SampleTickets::editable,
              List.of(
                  "batch src/test/resources/exchange/batch.jsonl",
                  "batch --stop-on-error src/test/resources/exchange/batch.jsonl")),
          new Transcript(
              "import",
              SampleTickets::obliging,
              List.of(
                  "import src/test/resources/exchange/tickets.jsonl",
                  "import src/test/resources/exchange/issues.json",
                  "import src/test/resources/exchange/tickets.csv",
                  "import src/test/resources/exchange/tickets.csv --ignore-columns")),
          new Transcript(
              "import-trial",
              SampleTickets::importable,
              List.of("import --dry-run src/test/resources/exchange/tickets.jsonl")),
          new Transcript(
              "export", SampleTickets::exportable, List.of("export", "export tag:x --format csv")),
          new Transcript("status", SampleTickets::standing, List.of("status --max-age 0s")),
          new Transcript("status-none", ScriptedTicketService::new, List.of("status --max-age 0s")),
          new Transcript(
              "bench",
              SampleFigures::good,
              List.of("bench", "bench --writers 1 --watchers 0 --rate max", "bench --clean")),
          new Transcript("bench-faulty", SampleFigures::bad, List.of("bench --duration 1h")),
          new Transcript("bench-failing", SampleFigures::failing, List.of("bench")),
          new Transcript(
              "bench-refused",
              SampleFigures::readable,
              List.of("bench", "bench --writers 257", "bench --duration 1ms", "bench --rate 1.5")),
          new Transcript("whoami", ScriptedTicketService::new, List.of("whoami")),
          new Transcript("help", ScriptedTicketService::new, List.of("help context use")),
          new Transcript("help-topic", ScriptedTicketService::new, List.of("help exit-codes")),
          new Transcript(
              "help-spec", ScriptedTicketService::new, List.of("help --spec context use")),
          new Transcript("refused", SampleTickets::missing, List.of("show 404", "history 404")),
          new Transcript(
              "unreachable", SampleTickets::away, List.of("list", "status --max-age 0s")),
          new Transcript(
              "misused", ScriptedTicketService::new, List.of("list --sot x", "list stat:open")),
          new Transcript("doctor", SampleTickets::obliging, List.of("doctor")),
          new Transcript("doctor-failing", SampleTickets::away, List.of("doctor")),
          new Transcript("admin-sessions", SampleTickets::administered, List.of("admin sessions")),
          new Transcript(
              "admin-kick",
              SampleTickets::administered,
              List.of("admin kick s17 --reason looping", "admin kick s404")),
          new Transcript(
              "admin-redact",
              SampleTickets::obliging,
              List.of(
                  "admin redact 17 --field title --reason leaked",
                  "admin redact 17 --comment 91",
                  "admin redact 404 --field tags",
                  "admin redact 17 --field status",
                  "admin redact 17")),
          new Transcript(
              "admin-drain",
              SampleTickets::administered,
              List.of(
                  "admin drain",
                  "admin drain --after 10m",
                  "admin drain --cancel",
                  "admin drain --cancel --after 5s")),
          new Transcript("context-list", ScriptedTicketService::new, List.of("context list")),
          new Transcript(
              "context-show",
              ScriptedTicketService::new,
              List.of("context show", "context show night", "context show wrk")),
          new Transcript(
              "context-add",
              ScriptedTicketService::new,
              List.of(
                  "context add new --server c:3,d:4 --token-file /new.token",
                  "context add work --server c:3 --replace",
                  "context add work --server c:3")),
          new Transcript(
              "context-use",
              ScriptedTicketService::new,
              List.of("context use night", "context use nihgt")),
          new Transcript(
              "context-remove",
              ScriptedTicketService::new,
              List.of("context remove work", "context remove night")));

  /** Written anew for each command; of somebody who gave some servers names. */
  private static final String CONFIG =
      """
      context = "work"
      [contexts.work]
      server = ["wss://desk.example.org/tickets", "wss://desk2.example.org/tickets"]
      token_file = "/home/alice/work.token"
      timeout = "20s"
      [contexts.night]
      server = "127.0.0.1:7421"
      token_command = "pass show billets/night"
      [contexts.here]
      server = "127.0.0.1"
      """;

  /** With a key that there is not. */
  private static final String MISTAKEN = "colour = \"auto\"\n";

  /** Stands for a person at work. */
  private static final String EDITOR =
      "sed -i -e 's/^title: .*/title: Printer burning/' -e 's/^assignee: .*/assignee: me/'"
          + " -e 's/^requester: .*/requester:/' -e 's/^tags: .*/tags: printer, \"a, b\"/'"
          + " -e 's/^Third floor\\./Fourth floor.\\nBring water./'";

  /** Random, of the tickets of one benchmark. */
  private static final String TAG = "bench-[0-9a-f]{6}";

  @TempDir Path state;

  @TestFactory
  Stream<DynamicTest> everyVerbInEveryFormat() {
    return TRANSCRIPTS.stream().map(t -> dynamicTest(t.name, () -> check(t)));
  }

  /** A verb whose output is not here has to say why. */
  private static final Map<String, String> ELSEWHERE =
      new TreeMap<>(
          Map.of(
              "completion", "prints a long script, which CompletionTest has shells read",
              "tui", "draws screens, which GoldenScreensTest has",
              "work", "runs commands of its own, which WorkTest has"));

  @Test
  void noVerbIsLeftOut() {
    List<String> shown = TRANSCRIPTS.stream().flatMap(t -> t.commands.stream()).toList();
    List<String> left =
        Verbs.doing()
            .filter(verb -> Verbs.told().anyMatch(verb::equals))
            .filter(verb -> shown.stream().noneMatch(line -> (line + " ").startsWith(verb + " ")))
            .toList();
    assertEquals(List.copyOf(ELSEWHERE.keySet()), left.stream().sorted().toList());
  }

  private void check(Transcript transcript) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String command : transcript.commands) {
      for (String format : FORMATS) {
        play(text, transcript, command + " -o " + format, "script");
      }
      play(text, transcript, command, "script");
      play(text, transcript, command, "terminal of 80");
      play(text, transcript, command, "terminal of 80, NO_COLOR");
      play(text, transcript, command, "terminal of 40");
      play(text, transcript, command + " --color never", "terminal of 140");
      play(text, transcript, command + " -o tsv", "terminal of 80");
    }
    compare(CliGoldenFile.FOLDER.resolve(transcript.name + ".txt"), text.toString());
  }

  private void play(StringBuilder text, Transcript transcript, String command, String where)
      throws IOException {
    Path config = Files.createDirectories(state.resolve("billets")).resolve("config.toml");
    Files.writeString(
        config,
        transcript.name.startsWith("context")
            ? CONFIG
            : transcript.name.equals("doctor-failing") ? MISTAKEN : "");
    BilletsRun run =
        BilletsRun.at(transcript.desk.get())
            .with("XDG_CONFIG_HOME", state.toString())
            .with("EDITOR", EDITOR)
            .with("XDG_STATE_HOME", state.toString());
    if (transcript.name.equals("doctor")) {
      run.with("LC_ALL", "C.UTF-8").with("TERM", "xterm-256color").with("BILLETS_TOKEN", "t");
    }
    run.with("HOME", state.toString()).with("SHELL", "/bin/sh");
    if (where.startsWith("terminal")) {
      run.terminal(Integer.parseInt(where.replaceAll("\\D", "")));
    }
    if (where.endsWith("NO_COLOR")) {
      run.with("NO_COLOR", "1");
    }
    BilletsRun.Result result = run.run(command.split(" "));
    text.append("$ billets ").append(command).append("    (").append(where).append(")\n");
    String out =
        result.out().replaceAll("(Java )[0-9][0-9.]*", "$117").replaceAll(TAG, "bench-0a1b2c");
    text.append(out.replace('\u001b', '␛'));
    // How far something has come is drawn when there is time.
    String said =
        result.err().replaceAll("(?:import|export|bench) +\\d+% [^\r\n]*|\r\u001b\\[K", "");
    String err = said.replaceAll(state + "\\S*-\\d+\\.txt", "/state/billets/drafts/17.txt");
    err.replaceAll(TAG, "bench-0a1b2c")
        .lines()
        .forEach(line -> text.append("! ").append(line).append('\n'));
    text.append("= ").append(result.status().code()).append("\n\n");
  }

  private static void compare(Path file, String actual) throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertEquals(Files.readString(file), actual, file + " differs");
  }
}
