package org.lesbillets.cli.startup;

import java.util.ArrayList;
import java.util.Map;
import org.lesbillets.cli.command.root.RootCommand;
import org.lesbillets.cli.command.root.VerbModels;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Picocli's model of the root options and the one verb that was typed, from code generated out of
 * the annotations: a third of the time of the whole of {@link RootCommand}. It parses valid input
 * only and has no help texts; on a parse error, or for help, the caller builds the whole and parses
 * again, so that a message never depends on the path taken. Stateless; one thread.
 */
public final class FastPathParser {
  /**
   * Picocli's factory looks for Groovy in every jar. Everything but lists is made by generated
   * code.
   */
  private static final IFactory LISTS =
      new IFactory() {
        @Override
        public <K> K create(Class<K> type) {
          return type.cast(new ArrayList<>());
        }
      };

  private static final String EXCLUDES = "picocli.converters.excludes";

  private FastPathParser() {}

  /**
   * The command line that these arguments need; its root command is a {@code RootCommand}.
   *
   * @return null if they name no verb, or one without generated code
   */
  public static CommandLine commandLine(String... args) {
    String before = System.getProperty(EXCLUDES);
    // No option parses these types without a converter, and they are many classes.
    System.setProperty(EXCLUDES, "java\\.sql\\..*,java\\.time\\..*");
    try {
      return made(args);
    } finally {
      if (before == null) {
        System.clearProperty(EXCLUDES);
      } else {
        System.setProperty(EXCLUDES, before);
      }
    }
  }

  private static CommandLine made(String... args) {
    CommandSpec root = VerbModels.root(new RootCommand(), LISTS);
    String name = name(root.optionsMap(), args);
    CommandSpec verb = name == null ? null : VerbModels.verb(name, LISTS);
    if (verb == null) {
      return null;
    }
    root.addSubcommand(name, new CommandLine(verb, LISTS));
    CommandLine commandLine = new CommandLine(root, LISTS);
    commandLine.setExpandAtFiles(false);
    commandLine.setAllowSubcommandsAsOptionParameters(true);
    return commandLine;
  }

  /**
   * The first word that is neither a global option nor the value of one.
   *
   * @param options the global ones
   * @return null if there is none
   */
  public static String name(Map<String, OptionSpec> options, String... args) {
    for (int i = 0; i < args.length; i++) {
      OptionSpec option = options.get(args[i]);
      if (option != null && option.arity().min() > 0) {
        i++;
      } else if (!args[i].startsWith("-")) {
        return args[i];
      }
    }
    return null;
  }
}
