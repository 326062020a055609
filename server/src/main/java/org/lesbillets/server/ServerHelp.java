package org.lesbillets.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The {@code --help} of this program: options and verbs in groups, by what an administrator wants.
 * Stateless.
 */
final class ServerHelp {
  private static final int WIDTH = 80;
  private static final Map<String, List<String>> OPTIONS = new LinkedHashMap<>();
  private static final Map<String, List<String>> VERBS = new LinkedHashMap<>();

  static {
    OPTIONS.put(
        "Where it listens", List.of("--socket", "--bind", "--port", "--tls-cert", "--tls-key"));
    OPTIONS.put(
        "Who is let in",
        List.of(
            "--unix-group",
            "--unix-admins",
            "--unix-readers",
            "--unix-delegates",
            "--allow-host",
            "--allow-origin",
            "--steal"));
    OPTIONS.put(
        "How much it takes",
        List.of("--sessions", "--sessions-per-token", "--messages-per-second", "--ring-bytes"));
    OPTIONS.put("What it keeps", List.of("--data", "--journal", "--ephemeral", "--accept-loss"));
    OPTIONS.put(
        "How it reaches etcd",
        List.of("--etcd-ca", "--etcd-cert", "--etcd-key", "--etcd-user", "--etcd-password-file"));
    VERBS.put("Run", List.of("serve", "config"));
    VERBS.put("People", List.of("token"));
    VERBS.put("Data", List.of("verify", "backup", "restore", "compact", "migrate"));
  }

  private ServerHelp() {}

  /** Sets up the help of the whole program, and of the verb with the same options. */
  static void arrange(CommandLine program) {
    UsageMessageSpec usage = program.getCommandSpec().usageMessage();
    usage.commandListHeading("");
    usage.synopsisHeading("Usage: ");
    program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, ServerHelp::synopsis);
    program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, ServerHelp::verbs);
    for (CommandLine command : List.of(program, program.getSubcommands().get("serve"))) {
      command.getCommandSpec().usageMessage().width(WIDTH).descriptionHeading("%n");
      command
          .getHelpSectionMap()
          .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, ServerHelp::options);
    }
  }

  private static String synopsis(Help help) {
    return String.format("billets-server [serve] [OPTIONS]%n       billets-server VERB …%n");
  }

  /** In groups; those that no group names come last. */
  private static String options(Help help) {
    List<OptionSpec> rest = new ArrayList<>(help.commandSpec().options());
    rest.removeIf(OptionSpec::hidden);
    StringBuilder text = new StringBuilder();
    OPTIONS.forEach(
        (heading, names) -> {
          List<OptionSpec> group =
              names.stream()
                  .map(name -> help.commandSpec().findOption(name))
                  .filter(rest::remove)
                  .toList();
          text.append(group(help, heading, group));
        });
    return text + group(help, "How it runs", rest);
  }

  private static String group(Help help, String heading, List<OptionSpec> options) {
    return options.isEmpty()
        ? ""
        : String.format("%n%s:%n", heading) + help.optionListExcludingGroups(options);
  }

  private static String verbs(Help help) {
    Map<String, Help> rest = new LinkedHashMap<>(help.subcommands());
    StringBuilder text = new StringBuilder();
    VERBS.forEach(
        (heading, names) -> {
          Map<String, Help> group = new LinkedHashMap<>();
          for (String name : names) {
            if (rest.containsKey(name)) {
              group.put(name, rest.remove(name));
            }
          }
          text.append(group.isEmpty() ? "" : heading(heading) + help.commandList(group));
        });
    return text + heading("More") + help.commandList(rest);
  }

  private static String heading(String heading) {
    return String.format("%n%s:%n", heading);
  }
}
