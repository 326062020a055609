package org.lesbillets.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesbillets.cli.command.NotAllowedException;
import org.lesbillets.cli.command.RunsChildProcess;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What one of several agents who share an account may type: an allow list of verbs, of their
 * options, and of their arguments by label. What runs a program, or reads or writes a file of the
 * account, names another server, or is not known here, is refused. Stateless; any thread.
 */
final class DelegateRules {
  private static final Set<String> EVERYWHERE =
      Set.of("--output", "--json", "--color", "--timeout", "--help", "--version");

  private static final String STANDARD_STREAM = "-";

  /** A line for each verb. */
  private static final Map<String, Set<String>> VERBS =
      verbs(
          """
          list QUERY --sort --limit --fresh --fields --empty
          show REF --field --history --fresh
          create --title --description --priority --assignee --requester --reference --tag\
           --operation-id
          update REF --title --description --status --priority --assignee --requester --reference\
           --add-tag --remove-tag --token --if-revision --unlock
          close REF
          reopen REF
          snooze REF --for --until
          wake REF
          raise --key --title --description --priority --assignee --requester --reference --tag\
           --text --reopen-within --operation-id --resolve
          comment REF TEXT --text
          lock REF --ttl --note --wait --steal --reason --token
          claim QUERY --ttl --note --wait --return
          unlock REF --token --force --reason --mine
          locks --mine --fields --empty
          watch QUERY --since --initial --all --count --next --within
          wait REF --for --within
          history REF --fields --empty
          tui QUERY
          batch --jobs --stop-on-error
          export QUERY --format
          status --format --fallback --max-age
          whoami
          help VERB --spec
          """);

  private DelegateRules() {}

  private static Map<String, Set<String>> verbs(String lines) {
    return lines
        .lines()
        .map(line -> line.split(" "))
        .collect(
            Collectors.toMap(
                words -> words[0],
                words -> Stream.of(words).skip(1).collect(Collectors.toUnmodifiableSet())));
  }

  /** The names of the verbs that are allowed. */
  static Set<String> allowed() {
    return VERBS.keySet();
  }

  /** Each option and argument that is allowed, behind its verb. */
  static Set<String> everything() {
    return VERBS.entrySet().stream()
        .flatMap(verb -> verb.getValue().stream().map(name -> verb.getKey() + " " + name))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Checks a command line before any of it is carried out.
   *
   * @throws NotAllowedException if something in it is not allowed
   */
  static void check(ParseResult parsed, List<String> words) {
    String verb = "billets";
    Set<String> known = Set.of();
    for (ParseResult part = parsed; part != null; part = part.subcommand()) {
      if (part != parsed) {
        verb = part.commandSpec().name();
        known = part.commandSpec().parent() == parsed.commandSpec() ? VERBS.get(verb) : null;
      }
      if (known == null) {
        throw refused(verb);
      }
      for (ArgSpec matched : part.matchedArgs()) {
        if (!isAllowed(matched, known)) {
          throw refused(verb + " " + name(matched));
        }
      }
      if (part.commandSpec().userObject() instanceof RunsChildProcess && words.contains("--")) {
        throw refused(verb + " -- CMD");
      }
    }
  }

  /** Whether an option, or an argument, may be given to a verb. */
  static boolean isAllowed(String verb, ArgSpec given) {
    return VERBS.containsKey(verb) && isAllowed(given, VERBS.get(verb));
  }

  private static boolean isAllowed(ArgSpec given, Set<String> known) {
    boolean everywhere = given.isOption() && EVERYWHERE.contains(name(given));
    return everywhere
        || known.contains(name(given))
        || given.isPositional() && given.originalStringValues().equals(List.of(STANDARD_STREAM));
  }

  /** The longest name of an option, the label of an argument. */
  static String name(ArgSpec given) {
    return given instanceof OptionSpec option ? option.longestName() : given.paramLabel();
  }

  private static NotAllowedException refused(String what) {
    return new NotAllowedException(
        "'"
            + what
            + "' cannot be used through this shared account: no program is run here, no file is"
            + " read or written, and there is no other server; 'help' shows what can be done");
  }

  /** Removes the verbs that are not allowed, for the lists that people see. */
  static void reduce(CommandLine whole) {
    List<String> all = List.copyOf(whole.getSubcommands().keySet());
    all.stream()
        .filter(verb -> !VERBS.containsKey(verb))
        .forEach(verb -> whole.getCommandSpec().removeSubcommand(verb));
  }
}
