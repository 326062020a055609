package org.lesbillets.cli;

import java.util.List;
import java.util.Set;
import org.lesbillets.cli.command.lock.LockConverters;
import org.lesbillets.cli.command.root.RootCommand;
import org.lesbillets.cli.startup.FastPathParser;

/**
 * The exit code of -E, which replaces every failure code of {@code lock} and {@code claim} that is
 * not the child's. Scanned from the words of the command line, because it also replaces the exit
 * code of a parse error. Stateless.
 */
public final class OwnExitCode {
  private static final String OPTION = "-E";
  private static final Set<String> VERBS = Set.of("lock", "claim");

  private OwnExitCode() {}

  /**
   * The code that was typed.
   *
   * @param args the whole command line
   * @return null if there is none, or none that a program can fail with
   */
  public static Integer in(List<String> args) {
    int end = args.indexOf("--");
    List<String> words = end < 0 ? args : args.subList(0, end);
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).startsWith(OPTION) && isOption(words)) {
        String attached = words.get(i).substring(OPTION.length()).replaceFirst("^=", "");
        boolean apart = attached.isEmpty() && i + 1 < words.size();
        return valid(apart ? words.get(i + 1) : attached);
      }
    }
    return null;
  }

  /** Whether the verb has the option. */
  private static boolean isOption(List<String> words) {
    var globalOptions = RootCommand.commandLine().getCommandSpec().optionsMap();
    String verb = FastPathParser.name(globalOptions, words.toArray(String[]::new));
    return verb != null && VERBS.contains(verb);
  }

  private static Integer valid(String text) {
    try {
      return LockConverters.exitCode(text);
    } catch (IllegalArgumentException e) {
      // The parser reports the error.
      return null;
    }
  }
}
