package org.lesbillets.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lesbillets.server.ServerMain;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Called by the build with the folder to write into: the completions of {@code billets-server} for
 * fish and zsh, from the command line's model, beside the one for bash that picocli makes. One
 * thread.
 */
public final class ServerCompletions {
  private static final int ABOUT = 60;

  /** Each command by the words behind the program, a blank before each; the program itself: "". */
  private final Map<String, CommandLine> commands = new TreeMap<>();

  private ServerCompletions() {
    collect("", new CommandLine(ServerMain.class));
  }

  public static void main(String[] arguments) throws IOException {
    Path share = Path.of(arguments[0]);
    ServerCompletions completions = new ServerCompletions();
    write(share.resolve("fish/vendor_completions.d/billets-server.fish"), completions.fish());
    write(share.resolve("zsh/site-functions/_billets-server"), completions.zsh());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void collect(String path, CommandLine command) {
    commands.put(path, command);
    command.getSubcommands().values().stream()
        .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
        .forEach(sub -> collect(path + " " + sub.getCommandName(), sub));
  }

  /** The first sentence of a description, in quotes that both shells read alike. */
  private static String about(String... said) {
    String first = said.length == 0 ? "" : said[0].replace("%n", "");
    String sentence = first.replaceFirst("[.;:] .*|[.]$", "");
    String cut = sentence.length() > ABOUT ? sentence.substring(0, ABOUT) + "…" : sentence;
    return cut.replace("\\", "").replace("'", "’").replace("%%", "%");
  }

  private static List<CommandLine> verbs(CommandLine command) {
    return command.getSubcommands().values().stream()
        .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
        .toList();
  }

  private static String aboutVerb(CommandLine verb) {
    return about(verb.getCommandSpec().usageMessage().description());
  }

  private static List<OptionSpec> options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden() && option.longestName().startsWith("--"))
        .toList();
  }

  /** The words that an option takes, separated by blanks; empty where it takes any. */
  private static String values(OptionSpec option) {
    return option.paramLabel().contains("|") ? option.paramLabel().replace('|', ' ') : "";
  }

  private static String fishValues(OptionSpec option) {
    return " --no-files --arguments '" + values(option) + "'";
  }

  private String paths(String separator) {
    return commands.keySet().stream()
        .filter(path -> !path.isEmpty())
        .map(path -> "'" + path + "'")
        .collect(Collectors.joining(separator));
  }

  private String fish() {
    StringBuilder script =
        new StringBuilder(
            """
            # fish completion for billets-server

            # The verbs that were typed.
            function __billets_server_at
                set --local at ''
                for word in (commandline --tokenize --current-process --cut-at-cursor)[2..]
                    contains -- "$at $word" PATHS; and set at "$at $word"
                end
                echo -- "$at"
            end

            """
                .replace("PATHS", paths(" ")));
    commands.forEach(
        (path, command) -> {
          String there =
              "complete --command billets-server --condition 'test \"$(__billets_server_at)\" = \""
                  + path
                  + "\"'";
          verbs(command)
              .forEach(
                  verb ->
                      script
                          .append(there + " --no-files --arguments " + verb.getCommandName())
                          .append(" --description '" + aboutVerb(verb) + "'\n"));
          options(command)
              .forEach(
                  option ->
                      script
                          .append(there + " --long-option " + option.longestName().substring(2))
                          .append(option.arity().max() > 0 ? " --require-parameter" : "")
                          .append(values(option).isEmpty() ? "" : fishValues(option))
                          .append(" --description '" + about(option.description()) + "'\n"));
        });
    return script.toString();
  }

  private String zsh() {
    String valued =
        commands.values().stream()
            .flatMap(command -> options(command).stream())
            .filter(option -> option.arity().max() > 0)
            .map(OptionSpec::longestName)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" | "));
    StringBuilder places = new StringBuilder();
    commands.forEach(
        (path, command) -> {
          places.append("    '" + path + "')\n      verbs=(\n");
          verbs(command)
              .forEach(verb -> places.append(entry(verb.getCommandName(), aboutVerb(verb))));
          places.append("      )\n      options=(\n");
          options(command)
              .forEach(
                  option ->
                      places.append(entry(option.longestName(), about(option.description()))));
          places.append("      )\n      ;;\n");
        });
    String worded =
        commands.values().stream()
            .flatMap(command -> options(command).stream())
            .filter(option -> !values(option).isEmpty())
            .map(
                option ->
                    "  %s)%n    compadd %s%n    return%n    ;;%n"
                        .formatted(option.longestName(), values(option)))
            .distinct()
            .sorted()
            .collect(Collectors.joining());
    return """
    #compdef billets-server

    local at='' word
    local -a verbs options
    for word in "${(@)words[2,CURRENT-1]}"; do
      case "$at $word" in
        PATHS) at="$at $word" ;;
      esac
    done
    case ${words[CURRENT-1]} in
    WORDED  VALUED)
        _files
        return
        ;;
    esac
    case $at in
    PLACES  esac
    if [[ $PREFIX == -* ]]; then
      _describe -o option options
    elif (( ${#verbs} )); then
      _describe verb verbs
    else
      _files
    fi
    """
        .replace("PATHS", paths(" | "))
        .replace("WORDED", worded)
        .replace("VALUED", valued)
        .replace("PLACES", places);
  }

  private static String entry(String word, String about) {
    return "        '" + word + ":" + about + "'\n";
  }
}
