package org.lesbillets.cli.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.command.root.RootCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the build wrote of each verb parses as its annotations say. */
class FastPathParserTest {
  /** These are read by reflection each time, which nobody waits for in a loop. */
  private static final Set<String> READ_WHEN_RUN = Set.of("admin", "context", "help");

  private static final CommandLine WHOLE = RootCommand.commandLine();

  static Stream<String> verbs() {
    return WHOLE.getSubcommands().keySet().stream().filter(verb -> !READ_WHEN_RUN.contains(verb));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void isTheVerbThatItsAnnotationsDescribe(String verb) {
    CommandLine one = FastPathParser.commandLine(verb);
    assertNotNull(one, "the build's log says why: the line that begins with the verb's class");
    assertEquals(described(WHOLE.getCommandSpec()), described(one.getCommandSpec()));
    assertEquals(List.of(verb), List.copyOf(one.getSubcommands().keySet()));
    CommandLine found = one.getSubcommands().get(verb);
    CommandLine annotated = WHOLE.getSubcommands().get(verb);
    assertEquals(described(annotated.getCommandSpec()), described(found.getCommandSpec()));
    assertEquals(
        annotated.getCommand().getClass(), found.getCommand().getClass(), "what is to be run");
    assertEquals(
        annotated.getCommandSpec().qualifiedName(), found.getCommandSpec().qualifiedName());
  }

  /** All that parsing goes by, a line for each argument. */
  private static List<String> described(CommandSpec command) {
    Stream<String> options = command.options().stream().map(FastPathParserTest::option).sorted();
    Stream<String> positionals =
        command.positionalParameters().stream().map(FastPathParserTest::positional);
    return Stream.concat(options, positionals).toList();
  }

  private static String option(OptionSpec option) {
    return String.join(" ", Stream.of(option.names()).sorted().toList())
        + argument(option)
        + (option.usageHelp() ? " usageHelp" : "")
        + (option.versionHelp() ? " versionHelp" : "")
        + (option.negatable() ? " negatable" : "")
        + " fallback "
        + option.fallbackValue();
  }

  private static String positional(PositionalParamSpec positional) {
    return "at " + positional.index() + argument(positional);
  }

  private static String argument(ArgSpec argument) {
    return " arity "
        + argument.arity()
        + (argument.required() ? " required " : " ")
        + argument.type()
        + Arrays.toString(argument.auxiliaryTypes())
        + classes(argument.converters())
        + argument.preprocessor().getClass()
        + argument.scopeType()
        + (argument.inherited() ? " inherited" : "")
        + " default "
        + argument.defaultValue()
        + " split '"
        + argument.splitRegex()
        + "' "
        + argument.parameterConsumer();
  }

  private static List<Class<?>> classes(Object[] objects) {
    return Stream.of(objects).<Class<?>>map(Object::getClass).toList();
  }

  /** If it did not parse what is right, all would go on as before, but slowly. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "list status:open assignee:none --sort -priority --limit 3",
        "--server a,b --context work --timeout 5s list -o json --color never",
        "show 17 --field lock.holder",
        "show 3f2a --history -ojson",
        "--json list",
        "list --json --limit 3",
        "create --title T --description D --priority high --assignee me --requester R"
            + " --reference X --tag a --tag b",
        "update 17 --title T --status closed --add-tag a --add-tag b --remove-tag c --token 91",
        "update 17 --if-revision 5 --unlock --assignee=",
        "close 17 18 3f2a",
        "reopen 17",
        "comment 17 text",
        "comment 17",
        "lock 17 --ttl 1h --note N",
        "lock 17 --wait",
        "lock 17 --wait=10m",
        "lock 17 --steal --reason R",
        "claim tag:printer priority:high --ttl 5m",
        "unlock 17 --token 91",
        "unlock --mine",
        "locks --mine",
        "edit 17 --recover",
        "watch number:17 --count 1 --within 10m --all",
        "wait 17 --for closed --within 1s",
        "history 17"
      })
  void parsesWhatIsRight(String line) {
    String[] words = line.split(" ");
    CommandLine.ParseResult parsed = FastPathParser.commandLine(words).parseArgs(words);
    CommandLine.ParseResult whole = RootCommand.commandLine().parseArgs(words);
    assertEquals(values(whole), values(parsed));
    assertEquals(values(whole.subcommand()), values(parsed.subcommand()));
  }

  private static List<String> values(CommandLine.ParseResult parsed) {
    return parsed.commandSpec().args().stream()
        .map(argument -> argument.getValue() + " " + argument.originalStringValues())
        .sorted()
        .toList();
  }

  @Test
  void onlyWhatNeedsToIsReadWhenRun() {
    assertTrue(WHOLE.getSubcommands().keySet().containsAll(READ_WHEN_RUN));
    READ_WHEN_RUN.forEach(verb -> assertNull(FastPathParser.commandLine(verb), verb));
  }

  @ParameterizedTest
  @CsvSource({
    "list, list",
    "--server x -o json list --limit 3, list",
    "-ojson show 17, show",
    "--json show 17, show",
    "--color=never lock 17 -- ls, lock",
    "--server list, ",
    "--help, ",
    "lst, ",
    "context list, "
  })
  void findsTheVerbBehindGlobalOptions(String line, String verb) {
    CommandLine one = FastPathParser.commandLine(line.split(" "));
    assertEquals(verb, one == null ? null : one.getSubcommands().keySet().iterator().next());
  }

  @Test
  void leavesPicoclisSettingsAsTheyWere() {
    String before = System.getProperty("picocli.converters.excludes");
    FastPathParser.commandLine("list");
    assertEquals(before, System.getProperty("picocli.converters.excludes"));
  }
}
