package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.command.root.RootCommand;
import org.lesbillets.cli.startup.TrailingCommand;
import org.lesbillets.cli.text.CellText;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Every help text fits a screen and shows how it is done. */
class HelpTest {
  /** One for many lines, since making it takes longer than parsing. */
  private static final CommandLine PARSER = RootCommand.commandLine();

  static Stream<String> verbs() {
    return Verbs.all();
  }

  private static BilletsRun.Result run(String line) {
    return BilletsRun.alone(line.split(" "));
  }

  static Stream<String> subjects() {
    return Stream.concat(Stream.of("", "agents", "exit-codes", "query"), verbs());
  }

  private static BilletsRun.Result help(String subject) {
    return subject.isEmpty() ? run("help") : run("help " + subject);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void fitsEightyColumnsAndHasAnExample(String subject) {
    BilletsRun.Result result = help(subject);
    assertEquals(ExitStatus.OK, result.status());
    assertEquals("", result.err());
    assertTrue(result.out().lines().allMatch(line -> CellText.width(line) <= 80), result.out());
    List<String> lines = result.out().lines().toList();
    int examples = lines.indexOf("Examples:");
    assertTrue(examples > 0 && lines.get(examples + 1).contains("billets "), result.out());
  }

  /** One finds a verb by what one wants; without a group it would stand under More. */
  @Test
  void everyVerbIsInAGroup() throws IOException {
    String out = help("").out();
    assertFalse(out.contains("\nMore:\n"), out);
    for (String verb : Verbs.told().filter(verb -> !verb.contains(" ")).toList()) {
      assertEquals(2, (" " + out).split("\n  " + verb + " ").length, verb);
    }
    Path file = CliGoldenFile.FOLDER.resolve("help").resolve("billets.txt");
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, out);
    }
    assertEquals(Files.readString(file), out);
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void theOptionSaysWhatTheVerbSays(String verb) {
    assertEquals(help(verb), run(verb + " --help"));
    assertEquals(help(verb), run(verb + " -h"));
    assertTrue(help(verb).out().startsWith("Usage: billets " + verb), help(verb).out());
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbTakesTheGlobalOptions(String verb) {
    for (String option :
        List.of("--server", "--context", "--timeout", "--output", "--json", "--color", "--help")) {
      assertTrue(help(verb).out().contains(option), option);
    }
  }

  /** A slip of the finger in any verb is understood. */
  @Test
  void aMisspeltVerbIsSuggested() {
    for (String verb : Verbs.told().toList()) {
      String parent = verb.substring(0, verb.lastIndexOf(' ') + 1);
      String word = verb.substring(parent.length());
      List<String> others = Verbs.told().map(v -> v.substring(v.lastIndexOf(' ') + 1)).toList();
      for (String slip : slips(word, others)) {
        assertEquals("; did you mean '" + verb + "'?", hint(parent + slip));
        String onHelp = run("help " + parent + slip).err();
        assertTrue(onHelp.contains("did you mean '" + verb + "'?"), onHelp);
      }
    }
  }

  /** A slip of the finger in any option of any verb is understood. */
  @Test
  void aMisspeltOptionIsSuggested() {
    for (String verb : Verbs.told().toList()) {
      List<String> options = Verbs.options(verb).stream().map(o -> o.substring(2)).toList();
      for (String option : options) {
        for (String slip : slips(option, options)) {
          assertEquals("; did you mean '--" + option + "'?", hint(verb + " --" + slip));
        }
      }
    }
  }

  /** A letter forgotten, one typed twice, and two swapped, unless another word begins like that. */
  private static List<String> slips(String word, List<String> words) {
    int middle = word.length() / 2;
    String head = word.substring(0, middle);
    String tail = word.substring(middle + 1);
    char letter = word.charAt(middle);
    String swapped = head.substring(0, middle - 1) + letter + head.charAt(middle - 1) + tail;
    return Stream.of(head + tail, head + letter + letter + tail, swapped)
        .filter(slip -> slip.length() > 2 && words.stream().noneMatch(w -> w.startsWith(slip)))
        .toList();
  }

  /** What is said behind the semicolon about a line that cannot be parsed. */
  private static String hint(String line) {
    ParameterException wrong =
        assertThrows(
            ParameterException.class, () -> TrailingCommand.parse(PARSER, line.split(" ")), line);
    return UsageErrorMessages.sentence(wrong).replaceFirst("^[^;]*", "");
  }

  @Test
  void whatIsHiddenIsNotTold() {
    List<String> hidden = Verbs.all().filter(v -> Verbs.told().noneMatch(v::equals)).toList();
    for (String verb : hidden) {
      assertFalse(help("").out().contains("  " + verb + " "), verb);
      assertFalse(BilletsRun.alone().err().contains(verb + ","), verb);
      assertFalse(run("help nothing").err().contains(verb + ","), verb);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"help list", "list --help", "completion zsh", "--version"})
  void aBrokenSettingKeepsNobodyFromReadingHelp(String line, @TempDir Path folder)
      throws IOException {
    Path config = Files.createDirectories(folder.resolve("billets")).resolve("config.toml");
    Files.writeString(config, "nonsense");
    BilletsRun run =
        BilletsRun.at(new ScriptedTicketService())
            .with("XDG_CONFIG_HOME", folder.toString())
            .terminal(80);
    assertEquals(ExitStatus.OK, run.run(line.split(" ")).status());
  }

  @Test
  void theVersionIsPrinted() {
    BilletsRun.Result result = BilletsRun.alone("--version");
    assertEquals(ExitStatus.OK, result.status());
    assertTrue(result.out().startsWith("billets "), result.out());
    assertEquals(help(""), BilletsRun.alone("--help"));
  }
}
