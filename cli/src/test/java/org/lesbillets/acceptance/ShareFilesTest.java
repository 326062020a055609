package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.Verbs;
import org.lesbillets.tidy.RequiredTools;

/** Man pages and completion scripts of the packaged program. */
@Tag("distribution")
@Timeout(Patience.SECONDS)
class ShareFilesTest {
  @TempDir Path folder;

  private static Path share() {
    return Path.of(Distribution.billets().get(0)).getParent().resolveSibling("share");
  }

  private static Path page(String verb) {
    String name = ("billets " + verb).strip().replace(' ', '-');
    return share().resolve("man/man1/" + name + ".1");
  }

  private String rendered(String verb) {
    return rendered(page(verb));
  }

  private String rendered(Path page) {
    Path groff = RequiredTools.find("groff", "groff");
    List<String> command =
        List.of(groff.toString(), "-k", "-man", "-Tutf8", "-P-cbou", "-ww", page.toString());
    // Whatever groff has to warn of is a failure.
    return Running.run(folder, Map.of(), command).succeeds().out();
  }

  @Test
  void everyVerbAndProgramHasAPage() throws IOException {
    List<Path> expected =
        Stream.concat(Stream.of("", "as"), Verbs.told())
            .map(ShareFilesTest::page)
            .sorted()
            .toList();
    try (Stream<Path> pages = Files.list(share().resolve("man/man1"))) {
      assertEquals(expected, pages.sorted().toList());
    }
  }

  static Stream<String> told() {
    return Verbs.told();
  }

  @ParameterizedTest
  @MethodSource("told")
  void aPageSaysWhatTheHelpSays(String verb) {
    String page = rendered(verb);
    String flowing = page.replaceAll("\\s+", " ").replace('’', '\'');
    for (String option : Verbs.options(verb)) {
      assertTrue(page.contains("\n       " + option) || page.contains(", " + option), option);
    }
    String help = BilletsRun.alone(("help " + verb).split(" ")).out();
    for (String line : help.lines().filter(l -> !l.isBlank()).toList()) {
      boolean option =
          line.matches(" +-.*|Usage:.*|[A-Z][A-Za-z ]*:| +\\[?[A-Z]+(\\.\\.\\.)?\\]? .*");
      if (!option) {
        String words = line.strip().replaceAll("\\s+", " ");
        assertTrue(flowing.contains(words), verb + " lacks: " + words + "\n" + page);
      }
    }
    assertTrue(flowing.contains("NAME billets-" + verb.replace(' ', '-') + " - "), page);
  }

  @Test
  void theMainPageHasTheTopics() {
    String page = rendered("").replace('’', '\'');
    for (String topic : List.of("agents", "exit-codes", "query")) {
      BilletsRun.alone("help", topic)
          .out()
          .lines()
          .forEach(line -> assertTrue(page.contains(line.strip()), line));
    }
    Verbs.told().forEach(verb -> assertTrue(page.contains("\n       " + verb.split(" ")[0]), verb));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bash-completion/completions/billets",
        "fish/vendor_completions.d/billets.fish",
        "zsh/site-functions/_billets"
      })
  void theCompletionIsWhatTheVerbPrints(String file) throws IOException {
    String shell = file.replaceFirst("[/-].*", "");
    assertEquals(
        BilletsRun.alone("completion", shell).out(), Files.readString(share().resolve(file)));
  }

  private static Path serverShare() {
    return Path.of(Distribution.server().get(0)).getParent().resolveSibling("share");
  }

  @Test
  void theServerHasPagesWithExamples() throws IOException {
    try (Stream<Path> pages = Files.list(serverShare().resolve("man/man1"))) {
      for (Path page : pages.toList()) {
        String text = rendered(page);
        assertTrue(text.contains("NAME\n       billets-server"), text);
        assertFalse(text.contains("development"), text);
      }
    }
    String main = rendered(serverShare().resolve("man/man1/billets-server.1"));
    assertTrue(main.contains("EXAMPLES") && main.contains("--data"), main);
  }

  @Test
  void theServersCompletionOffersItsCommandsAndOptions() {
    String script =
        """
        compopt() { :; }  # works only where a shell completes
        . "$1"
        COMP_WORDS=(billets-server "$2") COMP_CWORD=1 COMP_LINE="billets-server $2"
        COMP_POINT=${#COMP_LINE}
        _complete_billets-server
        printf '%s\n' "${COMPREPLY[@]}"
        """;
    String file = serverShare().resolve("bash-completion/completions/billets-server").toString();
    for (String word : List.of("tok token", "--eph --ephemeral")) {
      String[] typedAndExpected = word.split(" ");
      Running.run(
              folder,
              Map.of(),
              List.of("bash", "--norc", "-c", script, "x", file, typedAndExpected[0]))
          .prints(typedAndExpected[1]);
    }
  }

  /** The words of a line are what follows; the last of them is being typed. */
  @ParameterizedTest
  @CsvSource({
    "billets-server tok, token",
    "billets-server token _, add list revoke",
    "billets-server --eph, --ephemeral",
    "billets-server token add x --ro, --role"
  })
  void theServersCompletionsAreReadByTheOtherShells(String typed, String expected) {
    String line = typed.replaceFirst("_$", "");
    Path fish = serverShare().resolve("fish/vendor_completions.d/billets-server.fish");
    String inFish =
        "source $argv[1]; complete --do-complete $argv[2] | string replace --regex '\\t.*' ''";
    run("fish", List.of("--no-config", "-c", inFish, fish.toString(), line), expected);
    Path zsh = serverShare().resolve("zsh/site-functions/_billets-server");
    String inZsh =
        """
        _describe() { local -a all=("${(@P)@[-1]%%:*}"); print -rl -- "${(@M)all:#$PREFIX*}" }
        f() { local PREFIX=${@[$#]} CURRENT=$#; local -a words=("$@"); eval "$(<$file)" }
        file=$1; shift; f "$@"
        """;
    List<String> words = new ArrayList<>(List.of("-f", "-c", inZsh, "x", zsh.toString()));
    words.addAll(List.of(line.split(" ", -1)));
    run("zsh", words, expected);
  }

  private void run(String shell, List<String> words, String expected) {
    List<String> command = new ArrayList<>(List.of(RequiredTools.find(shell, shell).toString()));
    command.addAll(words);
    Running.run(folder, Map.of(), command).prints(expected.split(" "));
  }
}
