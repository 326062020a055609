package org.lesbillets.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lesbillets.cli.text.CellText;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The text of {@code --help}: the options of the verb, then those of every verb. Stateless. */
public final class HelpText {
  private static final int WIDTH = 80;
  private static final int GAP = 2;

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

  /**
   * Lists the verbs of a command in groups.
   *
   * @param groups by heading, the names of verbs; those that no group names come last
   */
  public static void group(CommandLine command, Map<String, List<String>> groups) {
    command.getCommandSpec().usageMessage().commandListHeading("");
    command
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> grouped(command, groups));
  }

  private static String grouped(CommandLine command, Map<String, List<String>> groups) {
    List<String> rest = new ArrayList<>(verbs(command));
    int width = rest.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (heading, names) -> {
          List<String> there = names.stream().filter(rest::remove).toList();
          text.append(group(command, heading, there, width));
        });
    return text + group(command, "More", rest, width);
  }

  private static String group(CommandLine command, String heading, List<String> names, int width) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      String summary = summary(command.getSubcommands().get(name));
      List<String> lines = CellText.wrap(summary, WIDTH - width - 2 * GAP);
      String label = " ".repeat(GAP) + CellText.padRight(name, width + GAP);
      for (int i = 0; i < lines.size(); i++) {
        text.append(i == 0 ? label : " ".repeat(label.length())).append(lines.get(i)).append('\n');
      }
    }
    return names.isEmpty() ? "" : "\n" + heading + ":\n" + text;
  }

  /** What a verb does, in one sentence. */
  public static String summary(CommandLine verb) {
    UsageMessageSpec usage = verb.getCommandSpec().usageMessage();
    return usage.header().length > 0 ? usage.header()[0] : usage.description()[0];
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
