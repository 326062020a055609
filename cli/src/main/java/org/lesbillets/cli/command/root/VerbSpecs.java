package org.lesbillets.cli.command.root;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.HelpText;
import org.lesbillets.cli.command.Resource;
import org.lesbillets.cli.command.RunsChildProcess;
import org.lesbillets.cli.command.Verb;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The verbs as data for programs: maps and lists made from picocli's model, so that nothing is
 * listed that cannot be typed. Stateless; the models are read only.
 */
final class VerbSpecs {
  private static final String FLAG = "flag";

  /** Types of values by the label that help shows. */
  private static final Map<String, String> BY_LABEL =
      Map.of(
          "DUR", "duration",
          "N", "integer",
          "PID", "integer",
          "REF", "ref",
          "QUERY", "query",
          "F", "file",
          "FILE", "file",
          "FILE|-", "file",
          "CMD", "command");

  /** A default that the description states: one word in parentheses. */
  private static final Pattern DEFAULT = Pattern.compile("\\(([^\\s),;]+)[),;]");

  /** A line of the topic on exit codes that begins one; deeper lines continue it. */
  private static final Pattern EXIT_CODE = Pattern.compile(" {2,4}(\\d+)  (.*)");

  private static final List<Integer> ANY = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8);

  /** Exit codes from 0 to 8, and the verbs they are of; any other verb may end with each. */
  private static final String EXITS =
      """
      012 help
      012 completion
      012 context add
      012 context list
      012 context remove
      012 context show
      012 context use
      012 doctor
      0124578 bench
      012478 list
      012478 locks
      012478 status
      012478 whoami
      012478 work
      012478 create
      012478 raise
      012478 export
      012478 tui
      012478 watch
      012478 admin sessions
      012478 admin drain
      0123478 admin kick
      0123478 show
      0123478 history
      0123478 comment
      0123478 snooze
      0123478 wake
      0123478 wait
      01234678 claim
      """;

  private static final List<Integer> BY_SIGNAL = List.of(130, 141, 143);

  private VerbSpecs() {}

  /**
   * All that can be typed at a command and below it, and what the exit codes mean.
   *
   * @param command a verb, or the root
   */
  static Map<String, Object> of(CommandLine command) {
    List<Object> verbs = new ArrayList<>();
    collect(command, verbs);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("verbs", verbs);
    all.put("exitCodes", exitCodes());
    return all;
  }

  private static void collect(CommandLine command, List<Object> verbs) {
    if (command.getCommand() instanceof Verb) {
      verbs.add(verb(command));
    }
    HelpText.verbs(command).forEach(name -> collect(command.getSubcommands().get(name), verbs));
  }

  private static Map<String, Object> verb(CommandLine verb) {
    CommandSpec spec = verb.getCommandSpec();
    String whole = spec.qualifiedName(" ");
    String name = whole.substring(whole.indexOf(' ') + 1);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", name);
    data.put("summary", HelpText.summary(verb));
    data.put("arguments", arguments(verb));
    data.put(
        "options",
        spec.options().stream().filter(option -> !option.hidden()).map(VerbSpecs::option).toList());
    data.put("exitCodes", exitCodes(name));
    return data;
  }

  private static List<Object> arguments(CommandLine verb) {
    List<Object> arguments = new ArrayList<>();
    for (ArgSpec argument : verb.getCommandSpec().positionalParameters()) {
      boolean required = argument.arity().min() > 0;
      arguments.add(argument(argument.paramLabel(), type(argument), required, several(argument)));
    }
    if (verb.getCommand() instanceof RunsChildProcess) {
      String[] synopsis = verb.getCommandSpec().usageMessage().customSynopsis();
      boolean optional = String.join(" ", synopsis).contains("[-- CMD");
      arguments.add(argument("-- CMD", BY_LABEL.get("CMD"), !optional, true));
    }
    return arguments;
  }

  private static Map<String, Object> argument(
      String name, String type, boolean required, boolean several) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", name);
    data.put("type", type);
    data.put("required", required);
    data.put("repeatable", several);
    return data;
  }

  private static boolean several(ArgSpec argument) {
    return argument.isMultiValue() && argument.arity().max() > 1;
  }

  private static Map<String, Object> option(OptionSpec option) {
    String type = type(option);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", option.longestName());
    data.put("type", type);
    data.put("default", type.equals(FLAG) ? Boolean.FALSE : defaultValue(option));
    data.put("repeatable", option.isMultiValue());
    return data;
  }

  /** Alternatives are divided by bars, as in help. */
  private static String type(ArgSpec argument) {
    if (argument.arity().max() == 0) {
      return FLAG;
    }
    String value = BY_LABEL.getOrDefault(argument.paramLabel(), "text");
    for (ITypeConverter<?> converter : argument.converters()) {
      if (converter instanceof Converters.OfWords<?> words) {
        value = String.join("|", words.words());
      }
    }
    boolean alone = argument.isOption() && argument.arity().min() == 0;
    return alone ? FLAG + "|" + value : value;
  }

  private static Object defaultValue(OptionSpec option) {
    Matcher stated = DEFAULT.matcher(String.join(" ", option.description()));
    return stated.find() ? stated.group(1) : option.defaultValue();
  }

  private static List<Integer> exitCodes(String verb) {
    List<Integer> own =
        EXITS
            .lines()
            .filter(
                line -> line.endsWith(" " + verb) && verb.equals(line.replaceFirst("\\d+ ", "")))
            .findFirst()
            .map(line -> line.chars().takeWhile(Character::isDigit).mapToObj(c -> c - '0').toList())
            .orElse(ANY);
    return Stream.concat(own.stream(), BY_SIGNAL.stream()).toList();
  }

  /** The codes of the topic, which is the only place that explains them. */
  private static List<Object> exitCodes() {
    List<Object> codes = new ArrayList<>();
    Map<String, Object> last = null;
    for (String line : Resource.text("help-exit-codes.txt").lines().skip(1).toList()) {
      Matcher begin = EXIT_CODE.matcher(line);
      if (begin.matches()) {
        last = new LinkedHashMap<>();
        last.put("code", Integer.valueOf(begin.group(1)));
        last.put("meaning", begin.group(2));
        codes.add(last);
      } else if (last != null && line.isEmpty()) {
        return codes;
      } else if (last != null) {
        last.put("meaning", last.get("meaning") + " " + line.strip());
      }
    }
    return codes;
  }
}
