package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.cli.command.RootCommand;
import picocli.CommandLine;

/** Every help text fits a screen and shows how it is done. */
class HelpTest {
  static Stream<String> verbs() {
    return RootCommand.commandLine().getSubcommands().entrySet().stream()
        .flatMap(verb -> Stream.concat(Stream.of(verb.getKey()), below(verb)));
  }

  private static Stream<String> below(Map.Entry<String, CommandLine> verb) {
    return verb.getValue().getSubcommands().keySet().stream()
        .map(inner -> verb.getKey() + " " + inner);
  }

  private static BilletsRun.Result run(String line) {
    return BilletsRun.alone(line.split(" "));
  }

  static Stream<String> subjects() {
    return Stream.concat(Stream.of("", "exit-codes", "query"), verbs());
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
    assertTrue(result.out().lines().allMatch(line -> line.length() <= 80), result.out());
    List<String> lines = result.out().lines().toList();
    int examples = lines.indexOf("Examples:");
    assertTrue(examples > 0 && lines.get(examples + 1).contains("billets "), result.out());
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
        List.of("--server", "--context", "--timeout", "--output", "--color", "--help")) {
      assertTrue(help(verb).out().contains(option), option);
    }
  }

  @Test
  void theVersionIsPrinted() {
    BilletsRun.Result result = BilletsRun.alone("--version");
    assertEquals(ExitStatus.OK, result.status());
    assertTrue(result.out().startsWith("billets "), result.out());
    assertEquals(help(""), BilletsRun.alone("--help"));
  }
}
