package org.lesbillets.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lesbillets.cli.command.root.RootCommand;
import picocli.CommandLine;

/** The verbs there are, as the program itself knows them: for tests that leave out none. */
public final class Verbs {
  /** Making it takes longer than reading it. */
  private static final CommandLine BILLETS = RootCommand.commandLine();

  private Verbs() {}

  /**
   * All of them, by what is typed behind {@code billets}; those without a deed of their own too.
   */
  public static Stream<String> all() {
    return below("", BILLETS);
  }

  private static Stream<String> below(String words, CommandLine command) {
    return command.getSubcommands().entrySet().stream().flatMap(verb -> with(words, verb));
  }

  private static Stream<String> with(String words, Map.Entry<String, CommandLine> verb) {
    String typed = words + verb.getKey();
    return Stream.concat(Stream.of(typed), below(typed + " ", verb.getValue()));
  }

  /** Those that do something by themselves. */
  public static Stream<String> doing() {
    return all().filter(verb -> command(verb).getSubcommands().isEmpty());
  }

  /** Those that people are told of. */
  public static Stream<String> told() {
    return all().filter(verb -> !command(verb).getCommandSpec().usageMessage().hidden());
  }

  /** What the program knows of it; to look at, since all tests share it. */
  public static CommandLine command(String verb) {
    CommandLine command = BILLETS;
    for (String word : verb.split(" ")) {
      command = command.getSubcommands().get(word);
    }
    return command;
  }

  /** The names of its options that have two dashes. */
  public static List<String> options(String verb) {
    return command(verb).getCommandSpec().options().stream()
        .flatMap(option -> Stream.of(option.names()))
        .filter(name -> name.startsWith("--"))
        .toList();
  }
}
