package org.lesbillets.cli.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The environment of the caller of billets. The launcher runs Java under a UTF-8 locale, so that
 * arguments, file names and variables are decoded, and notes in a system property what LC_ALL was
 * before: {@code LC_ALL} where it was not set, {@code LC_ALL=VALUE} where it was. Each variable
 * that Java itself reads is noted in a property: {@code =VALUE}, or nothing where it was not set.
 * Stateless; any thread.
 */
public final class CallerEnvironment {
  static final String PROPERTY = "billets.caller";

  private static final String VARIABLE = "LC_ALL";

  private static final List<String> OF_JAVA =
      List.of(
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "_JAVA_SR_SIGNUM",
          "MALLOC_ARENA_MAX");

  /** What the live view and the tables need to know the terminal. */
  private static final Set<String> OF_TERMINALS = Set.of("stty", "test");

  private static volatile boolean sealed;

  private CallerEnvironment() {}

  /**
   * From now on no program is started but {@code stty} and {@code test}: another line of defence,
   * for who may not run any.
   */
  public static void seal() {
    sealed = true;
  }

  /** The caller's variables. */
  public static Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>(System.getenv());
    restore(variables);
    return variables;
  }

  /** A builder of a child process with the caller's variables. */
  public static ProcessBuilder program(String... words) {
    if (sealed && !OF_TERMINALS.contains(words[0])) {
      throw new IllegalStateException("no program may be run here");
    }
    ProcessBuilder builder = new ProcessBuilder(words);
    restore(builder.environment());
    return builder;
  }

  private static void restore(Map<String, String> variables) {
    restore(variables, System.getProperty(PROPERTY));
    for (String name : OF_JAVA) {
      restore(variables, name, System.getProperty(PROPERTY + "." + name));
    }
  }

  static void restore(Map<String, String> variables, String name, String note) {
    if (note == null) {
      return;
    }
    if (note.isEmpty()) {
      variables.remove(name);
    } else {
      variables.put(name, note.substring(1));
    }
  }

  /**
   * @param note what the launcher noted; null where it changed nothing
   */
  static void restore(Map<String, String> variables, String note) {
    if (note == null) {
      return;
    }
    if (note.startsWith(VARIABLE + "=")) {
      variables.put(VARIABLE, note.substring(VARIABLE.length() + 1));
    } else if (note.equals(VARIABLE)) {
      variables.remove(VARIABLE);
    }
  }
}
