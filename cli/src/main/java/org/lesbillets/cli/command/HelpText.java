package org.lesbillets.cli.command;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The text of {@code --help}: the options of the verb, then those of every verb. Stateless. */
public final class HelpText {
  private static final int WIDTH = 80;

  private HelpText() {}

  /** The help of a verb, or of {@code billets} itself, at most 80 columns wide. */
  public static String of(CommandLine command) {
    return command.getUsageMessage(Help.Ansi.OFF);
  }

  /** The verbs below a command that people type, in their order. */
  public static List<String> verbs(CommandLine command) {
    return command.getSubcommands().entrySet().stream()
        .filter(verb -> !verb.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Sets up the help of a command and of all below it. */
  public static void arrange(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.width(WIDTH);
    usage.sortOptions(false);
    usage.synopsisHeading("Usage: ");
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%n");
    usage.commandListHeading("%nVerbs:%n");
    usage.footerHeading("%nExamples:%n");
    Map<String, CommandLine.IHelpSectionRenderer> sections = command.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpText::options);
    command.getSubcommands().values().forEach(HelpText::arrange);
  }

  private static String options(Help help) {
    List<OptionSpec> all = help.commandSpec().options();
    List<OptionSpec> own = all.stream().filter(option -> !option.inherited()).toList();
    List<OptionSpec> everywhere = all.stream().filter(OptionSpec::inherited).toList();
    return section(help, "Options:", own) + section(help, "Options of every verb:", everywhere);
  }

  private static String section(Help help, String heading, List<OptionSpec> options) {
    return options.isEmpty()
        ? ""
        : String.format("%n%s%n", heading) + help.optionListExcludingGroups(options);
  }
}
