package org.lesbillets.cli.command.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.Verbs;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.tidy.RequiredTools;

/** What real shells offer with the scripts of {@code billets completion}. */
class CompletionTest {
  /** Answers as {@code billets complete} does, and notes what it was asked. */
  private static final String BILLETS =
      """
      #!/bin/sh
      echo "$*" >>"%1$s/asked"
      [ "$1" != complete ] || cat "%1$s/$2" 2>/dev/null
      """;

  @TempDir static Path scripts;

  @TempDir Path folder;

  /** A shell, and how it is made to complete a line without anybody pressing a key. */
  private enum Shell {
    BASH(
        """
        . "$1"
        COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
        COMP_LINE=$2 COMP_POINT=${#2} COMP_TYPE=$3
        shift 3
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _billets_bash 2>&1
        printf '%s\\n' "${COMPREPLY[@]}"
        """),
    ZSH(
        """
        compdef() { }
        compset() { }
        _files() { print -r '<files>' }
        _normal() { print -r "<command> $CURRENT $words" }
        compadd() {
          local -a taken=("${(@P)@[-1]}") told=("${(@P)@[-3]}")
          [[ -z $verbose ]] && print -rl -- "${(@M)taken:#$PREFIX*}" || print -rl -- "$told[@]"
        }
        . "$1"
        verbose=${3#9}
        shift 3
        words=("$@") CURRENT=$# PREFIX=${@[$#]}
        _billets 2>&1
        """),
    FISH(
        """
        source $argv[2]
        set answer (complete --do-complete $argv[3])
        test $argv[4] = 9; and set answer (string replace --regex '\\t.*' '' -- $answer)
        printf '%s\\n' $answer
        """);

    private final String harness;

    Shell(String harness) {
      this.harness = harness;
    }

    String word() {
      return name().toLowerCase();
    }

    /** Fish has sh read what is made from the model, which the others do themselves. */
    static List<Shell> thatReadTheModel() {
      return List.of(BASH, ZSH);
    }

    List<String> withoutSettings() {
      return switch (this) {
        case BASH -> List.of("--norc", "-c");
        case ZSH -> List.of("-f", "-c");
        case FISH -> List.of("--no-config", "-c");
      };
    }
  }

  @BeforeAll
  static void make() throws IOException {
    for (Shell shell : Shell.values()) {
      Files.writeString(
          scripts.resolve(shell.word()), BilletsRun.alone("completion", shell.word()).out());
    }
  }

  @BeforeEach
  void offer() throws IOException {
    Path billets = Files.writeString(folder.resolve("billets"), BILLETS.formatted(folder));
    assertTrue(billets.toFile().setExecutable(true));
    Files.writeString(folder.resolve("tickets"), "17\tPrinter on fire\n18\tVPN\n170\t\n");
    Files.writeString(folder.resolve("agents"), "alice\nbob\n");
    Files.writeString(folder.resolve("tags"), "3rd floor\nprinter\nto-day\n");
    Files.writeString(folder.resolve("contexts"), "home\nwork\n");
  }

  private static Path program(Shell shell) {
    return RequiredTools.find(shell.word(), shell.word());
  }

  /** What is offered where the cursor stands, behind the last character. */
  private List<String> offered(Shell shell, String line, int type) throws Exception {
    List<String> command = new ArrayList<>(List.of(program(shell).toString()));
    command.addAll(shell.withoutSettings());
    command.addAll(List.of(shell.harness, "test", scripts.resolve(shell.word()).toString()));
    command.addAll(List.of(line, "" + type));
    command.addAll(shell == Shell.BASH ? readlineWords(line) : List.of(line.split(" ", -1)));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = ChildProcesses.start(builder.redirectErrorStream(true));
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.lines().filter(one -> !one.isEmpty()).toList();
  }

  /** As bash breaks a line: a run of signs that end words is a word, too. */
  private static List<String> readlineWords(String line) {
    return Stream.of(line.split(" ", -1))
        .flatMap(word -> Stream.of(word.split("(?<=[:=])(?![:=])|(?<![:=])(?=[:=])", -1)))
        .toList();
  }

  private static List<String> words(String expected) {
    return expected.isEmpty() ? List.of() : Arrays.asList(expected.split(" "));
  }

  private void offers(Shell shell, String line, List<String> expected) throws Exception {
    String typed = line.substring(line.lastIndexOf(' ') + 1);
    // Bash puts in only what stands behind the last sign that ends a word.
    String kept = shell == Shell.BASH ? typed.replaceFirst("[^:=]*$", "") : "";
    List<String> replies = expected.stream().map(word -> word.substring(kept.length())).toList();
    assertEquals(replies, offered(shell, line, 9), shell + ": " + line);
  }

  /** An underscore stands for the beginning of another word. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "billets cl | close claim",
        "billets context _ | add use list show remove",
        "billets context sh | show",
        "billets completion _ | bash zsh fish",
        "billets help cont | context",
        "billets help context _ | add use list show remove",
        "billets help exi | exit-codes",
        "billets help ag | agents",
        "billets list --so | --sort",
        "billets list --sort p | priority",
        "billets list --sort=pr | --sort=priority",
        "billets list --fields ti | title",
        "billets list --fields number,pri | number,priority",
        "billets locks --fields=number,ta | --fields=number,tags",
        "billets history 17 --fields ticket.ti | ticket.title",
        "billets -o j | json jsonl",
        "billets -o json cl | close claim",
        "billets list --output=j | --output=json --output=jsonl",
        "billets wait 17 --for _ | unlocked locked open closed",
        "billets show 1 | 17 18 170",
        "billets show 17 | 17 170",
        "billets show 17 _ | 17 18 170",
        "billets history 17 _ | ``",
        "billets comment 17 _ | ``",
        "billets close 18 17 | 17 170",
        "billets show x | ``",
        "billets list st | status:",
        "billets list status: | status:open status:closed status:locked",
        "billets list x status:o | status:open",
        "billets list not:st | not:status:",
        "billets list not:tag:p | not:tag:printer",
        "billets list priority: | priority:low priority:normal priority:high priority:urgent",
        "billets watch holder: | holder:me holder:none holder:alice holder:bob",
        "billets watch by: | by:me by:alice by:bob",
        "billets list age: | ``",
        "billets list -- st | status:",
        "billets update 17 --assignee a | alice",
        "billets update 17 --add-tag=to | --add-tag=to-day",
        "billets create --title x --assignee _ | me alice bob",
        "billets --context _ | home work",
        "billets context use w | work",
        "billets context add w | ``",
        "billets lock 17 --wait _ | ``",
        "billets lock 17 --wait= | ``",
        "billets list --nonsense x st | status:",
        "billets frobnicate _ | ``",
      })
  void offersWhatCanStandThere(String typed, String expected) throws Exception {
    for (Shell shell : Shell.values()) {
      offers(shell, typed.replaceFirst("_$", ""), words(expected));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyVerbIsOffered(Shell shell) throws Exception {
    List<String> top = Verbs.told().filter(verb -> !verb.contains(" ")).toList();
    offers(shell, "billets ", top);
  }

  static Stream<String> told() {
    return Verbs.told();
  }

  @ParameterizedTest
  @MethodSource("told")
  void everyOptionOfEveryVerbIsOffered(String verb) throws Exception {
    for (Shell shell : Shell.thatReadTheModel()) {
      List<String> offered = offered(shell, "billets " + verb + " --", 9);
      assertEquals(
          Verbs.options(verb).stream().sorted().toList(), offered.stream().sorted().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("told")
  void everyTicketThatIsMeantIsOffered(String verb) throws Exception {
    boolean ticket =
        Verbs.command(verb).getCommandSpec().positionalParameters().stream()
            .anyMatch(place -> place.paramLabel().equals("REF"));
    for (Shell shell : Shell.thatReadTheModel()) {
      assertEquals(ticket, offered(shell, "billets " + verb + " 1", 9).contains("17"), verb);
    }
  }

  @Test
  void everyFieldOfAQueryIsOffered() throws Exception {
    List<String> fields =
        Stream.concat(TicketQuery.fields().stream(), Stream.of("not")).map(f -> f + ":").toList();
    for (Shell shell : Shell.values()) {
      offers(shell, "billets list ", fields);
    }
  }

  private List<String> asked() throws IOException {
    Path asked = folder.resolve("asked");
    return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
  }

  @Test
  void theServerOfTheLineIsAsked() throws Exception {
    for (Shell shell : Shell.values()) {
      offered(shell, "billets --server a:1 --context=b close 1", 9);
      offered(shell, "billets list assignee:", 9);
      assertEquals(
          List.of("complete tickets status:open --server a:1 --context b", "complete agents"),
          asked().stream().map(line -> line.replaceAll(" +", " ")).toList());
      Files.delete(folder.resolve("asked"));
    }
  }

  @Test
  void whatTheScriptKnowsAsksNobody() throws Exception {
    for (Shell shell : Shell.values()) {
      for (String line : List.of("", "list --", "list --sort ", "list st", "help ", "lock 17 ")) {
        offered(shell, "billets " + line, 9);
      }
    }
    assertEquals(List.of(), asked());
  }

  @Test
  void theTitleIsShownBesideTheNumber() throws Exception {
    assertEquals(
        List.of("17  (Printer on fire)", "18  (VPN)", "170"),
        offered(Shell.BASH, "billets show 1", '?'));
    assertEquals(List.of("18"), offered(Shell.BASH, "billets show 18", '?'), "it is taken");
    assertEquals(
        List.of("17   -- Printer on fire", "18   -- VPN", "170"),
        offered(Shell.ZSH, "billets show 1", '?').stream().map(String::stripTrailing).toList());
    assertEquals(
        List.of("17\tPrinter on fire", "18\tVPN", "170"),
        offered(Shell.FISH, "billets show 1", '?'));
  }

  @ParameterizedTest
  @EnumSource
  void hostileTextsAreShownAndNeverRun(Shell shell) throws Exception {
    String hostile =
        "$(touch pwned) `touch pwned` ${x:=y} %F{red} * ~ ' \" \\ ; & | <(touch pwned)";
    Files.writeString(folder.resolve("tickets"), "17\t" + hostile + "\n18\t" + hostile + "\n");
    Files.writeString(folder.resolve("tags"), hostile + "\n");
    List<String> shown = offered(shell, "billets show 1", '?');
    assertEquals(2, shown.size(), shown::toString);
    assertTrue(shown.get(0).contains(hostile), shown::toString);
    assertEquals(List.of("17", "18"), offered(shell, "billets show 1", 9));
    List<String> tag = offered(shell, "billets create --tag ", 9);
    if (shell == Shell.BASH) {
      // Zsh quotes what it puts into the line by itself.
      Files.writeString(folder.resolve("line"), "printf %s " + tag.get(0));
      Process echo =
          ChildProcesses.start(
              new ProcessBuilder(program(shell).toString(), "line").directory(folder.toFile()));
      String word = new String(echo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(hostile, word);
    }
    assertFalse(Files.exists(folder.resolve("pwned")));
  }

  @Test
  void whatTheShellKnowsBetterIsLeftToIt() throws Exception {
    Files.writeString(folder.resolve("token file"), "");
    String file = "billets context add x --token-file to";
    assertEquals(List.of("token file"), offered(Shell.BASH, file, 9));
    assertEquals(List.of("<files>"), offered(Shell.ZSH, file, 9));
    assertEquals(List.of("token file"), offered(Shell.FISH, file, 9));
    String attached = "billets context add x --token-file=to";
    assertEquals(List.of("--token-file=token file"), offered(Shell.FISH, attached, 9));
    assertTrue(offered(Shell.FISH, "billets lock 17 -- prin", 9).contains("printf"));
    assertEquals(List.of("token file"), offered(Shell.FISH, "billets claim -- cat to", 9));
    assertTrue(offered(Shell.BASH, "billets lock 17 -- prin", 9).contains("printf"));
    assertEquals(List.of("token file"), offered(Shell.BASH, "billets claim -- cat to", 9));
    assertEquals(
        List.of("<command> 2 cat to"), offered(Shell.ZSH, "billets claim tag:x -- cat to", 9));
  }

  @Test
  void aServerThatIsAwayOffersNothing() throws Exception {
    Files.delete(folder.resolve("tickets"));
    for (Shell shell : Shell.values()) {
      assertEquals(List.of(), offered(shell, "billets show 1", 9));
    }
  }

  @Test
  void oneAnswerDoesForTheNextKeys() throws Exception {
    String twice =
        "f() { . \"$1\"; COMP_LINE='billets show 1' COMP_POINT=14 COMP_CWORD=2;"
            + " COMP_WORDS=(billets show 1); _billets_bash; _billets_bash; }; f \"$@\"";
    ProcessBuilder builder =
        new ProcessBuilder(
            program(Shell.BASH).toString(),
            "--norc",
            "-c",
            twice,
            "test",
            scripts.resolve("bash").toString());
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    assertEquals(0, ChildProcesses.start(builder.redirectErrorStream(true)).waitFor());
    assertEquals(1, asked().size());
  }

  @Test
  void shellcheckFindsNothingInTheScript() throws Exception {
    Path shellcheck = RequiredTools.find("shellcheck", "shellcheck");
    Process check =
        ChildProcesses.start(
            new ProcessBuilder(
                    shellcheck.toString(), "--shell=bash", scripts.resolve("bash").toString())
                .redirectErrorStream(true));
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", said);
    assertEquals(0, check.waitFor());
  }

  @Test
  void theScriptComesInEveryFormat() {
    String script = BilletsRun.alone("completion", "bash").out();
    for (Map.Entry<String, Boolean> format :
        Map.of("table", false, "tsv", false, "json", true).entrySet()) {
      String out = BilletsRun.alone("completion", "bash", "-o", format.getKey()).out();
      assertEquals(format.getValue(), !out.equals(script), format.getKey());
    }
  }
}
