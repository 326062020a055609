package org.lesbillets.cli.command.completion;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lesbillets.cli.command.HelpText;
import org.lesbillets.cli.command.Resource;
import org.lesbillets.cli.command.RunsChildProcess;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.model.Priority;
import org.lesbillets.model.query.TicketQuery;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Generator of the completion script of a shell: the model of the command line is written into it,
 * so that the shell starts billets only for names of tickets, contexts, agents and tags. Confined
 * to one thread.
 */
final class CompletionScript {
  /** Length of the description of a word. */
  private static final int ABOUT = 60;

  private final StringBuilder script = new StringBuilder();
  private final CommandLine root;

  /** All visible verbs, by what is typed behind billets; "" is billets itself. */
  private final Map<String, CommandLine> verbs = new LinkedHashMap<>();

  private CompletionScript(CommandLine root) {
    this.root = root;
    verbs.put("", root);
    collect("", root);
  }

  private void collect(String words, CommandLine command) {
    for (String name : HelpText.verbs(command)) {
      CommandLine verb = command.getSubcommands().get(name);
      verbs.put(words + name, verb);
      collect(words + name + " ", verb);
    }
  }

  /**
   * The script for a shell.
   *
   * @param root of which all verbs are known
   */
  static String of(CompletionShell shell, CommandLine root) {
    return new CompletionScript(root).text(shell);
  }

  private String text(CompletionShell shell) {
    String head = shell.firstLine() + "\n# Made by billets completion " + shell.wireName() + ".\n";
    common();
    String own = Resource.text(shell.ownPart());
    if (shell == CompletionShell.FISH) {
      return head + forFish() + own;
    }
    // A description is not code, whatever characters it has.
    return head + "# shellcheck disable=SC2016\n\n" + script + own;
  }

  /** What any POSIX shell can read, and fish cannot: it starts sh for each completion. */
  private String forFish() {
    script.append("\nprogram=$0\n_billets_complete \"$@\"\n");
    script.append("printf '%s\\n' \"$kind\" \"$lead\" \"$lines\"\n");
    String quoted = script.toString().replace("\\", "\\\\").replace("'", "\\'");
    return "\nset --global __billets_script '" + quoted + "'\n";
  }

  private void common() {
    script.append(Resource.text("completion-core.sh"));
    known();
    listed("_billets_verbs", CompletionScript::verbLines);
    listed("_billets_own_options", CompletionScript::ownOptions);
    everywhere();
    option();
    place();
    words();
  }

  private void function(String comment, String name) {
    script.append("\n# ").append(comment).append('\n').append(name).append("() {\n");
  }

  private void known() {
    function("Whether these words are a verb.", "_billets_known");
    test(verbs.keySet().stream().filter(verb -> !verb.isEmpty()).toList());
    function("Whether a command can stand behind --.", "_billets_runs");
    test(
        verbs.keySet().stream()
            .filter(verb -> verbs.get(verb).getCommand() instanceof RunsChildProcess)
            .toList());
  }

  private void test(List<String> verbs) {
    String pattern =
        verbs.stream().map(CompletionScript::quoted).collect(Collectors.joining(" | "));
    script.append("  case $1 in\n    ").append(pattern).append(") return 0 ;;\n");
    script.append("    *) return 1 ;;\n  esac\n}\n");
  }

  /** Lines of some verb. */
  private interface Lines {
    List<String> of(CommandLine verb);
  }

  private void listed(String name, Lines lines) {
    function("The lines for the verb $1.", name);
    script.append("  case $1 in\n");
    verbs.forEach(
        (verb, command) -> {
          List<String> all = lines.of(command);
          if (!all.isEmpty()) {
            script.append("    ").append(quoted(verb)).append(") lines=");
            script.append(quoted(String.join("\n", all))).append(" ;;\n");
          }
        });
    script.append("    *) lines='' ;;\n  esac\n}\n");
  }

  private static List<String> verbLines(CommandLine command) {
    return HelpText.verbs(command).stream()
        .map(name -> line(name, about(command.getSubcommands().get(name).getCommandSpec())))
        .toList();
  }

  private static String[] about(CommandSpec verb) {
    return verb.usageMessage().description();
  }

  private static List<String> ownOptions(CommandLine command) {
    return optionLines(command, false);
  }

  private static List<String> optionLines(CommandLine command, boolean everywhere) {
    return command.getCommandSpec().options().stream()
        .filter(option -> isEverywhere(option) == everywhere)
        .map(option -> line(option.longestName(), option.description()))
        .toList();
  }

  /** Whether all verbs have it. */
  private static boolean isEverywhere(OptionSpec option) {
    return option.scopeType() == CommandLine.ScopeType.INHERIT;
  }

  /** A word, and behind a tab the first sentence of its description. */
  private static String line(String word, String... said) {
    String about = said.length == 0 ? "" : said[0].replaceFirst("[.;:] .*|[.]$", "");
    return word + "\t" + CellText.cut(about.replaceFirst(" \\([^)]*$", ""), ABOUT);
  }

  private void everywhere() {
    function("The lines for the options of the verb $1.", "_billets_options");
    script.append("  _billets_own_options \"$1\"\n");
    script.append("  lines=\"$lines${lines:+$_billets_newline}\"");
    script.append(quoted(String.join("\n", optionLines(root, true)))).append("\n}\n");
  }

  private void option() {
    function("What follows the option $2 of the verb $1, into kind.", "_billets_option");
    script.append("  case \"$1 $2\" in\n");
    verbs.forEach(
        (verb, command) ->
            command.getCommandSpec().options().forEach(option -> option(verb, option)));
    script.append("    *) kind='' ;;\n  esac\n}\n");
  }

  private void option(String verb, OptionSpec option) {
    String kind = CompletionKind.of(verb, option);
    boolean everywhere = isEverywhere(option);
    if (kind.equals(CompletionKind.NOTHING) || everywhere && !verb.isEmpty()) {
      return;
    }
    boolean onlyAttached = option.arity().min() == 0;
    String patterns =
        Arrays.stream(option.names())
            .map(name -> (everywhere ? "*" : "") + quoted(verb + " " + name))
            .map(name -> onlyAttached ? name + "=" : name + " | " + name + "=")
            .collect(Collectors.joining(" | "));
    script.append("    ").append(patterns).append(") kind=").append(quoted(kind)).append(" ;;\n");
  }

  private void place() {
    function("What stands in place $2, counted from 0, behind the verb $1.", "_billets_place");
    script.append("  case \"$1 $2\" in\n");
    verbs.forEach(
        (verb, command) -> {
          for (PositionalParamSpec place : command.getCommandSpec().positionalParameters()) {
            boolean many = place.index().max() > place.index().min();
            String pattern =
                many ? quoted(verb + " ") + "*" : quoted(verb + " " + place.index().min());
            String kind = quoted(CompletionKind.of(verb, place));
            script.append("    ").append(pattern).append(") kind=").append(kind).append(" ;;\n");
          }
        });
    script.append("    *) kind='' ;;\n  esac\n}\n");
  }

  private void words() {
    List<String> priorities = Arrays.stream(Priority.values()).map(Priority::wireName).toList();
    List<String> fields = TicketQuery.fields().stream().map(field -> field + ":").toList();
    function("What can stand behind priority: in a query.", "_billets_priorities");
    script.append("  _billets_words ").append(String.join(" ", priorities)).append("\n}\n");
    function("What a term of a query can begin with.", "_billets_fields");
    script.append("  _billets_words ").append(String.join(" ", fields)).append(" not:\n}\n");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
