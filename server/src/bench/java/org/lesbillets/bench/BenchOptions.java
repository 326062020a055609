package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.bench.report.Report;

/**
 * What a measurement is asked for. Immutable.
 *
 * @param server this server's launcher
 * @param words all that are no options, such as numbers of watchers
 * @param seconds of each round
 * @param json where the report goes, or null
 * @param svg where a plot goes, or null
 */
record BenchOptions(Path server, List<String> words, int seconds, int rounds, Path json, Path svg) {

  /**
   * @param arguments the server's launcher, then words and options
   * @param defaults what is not given
   * @throws IllegalArgumentException with a sentence for the user
   */
  static BenchOptions of(String[] arguments, BenchOptions defaults) {
    List<String> words = new ArrayList<>();
    BenchOptions options = defaults;
    for (int i = 1; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("--")) {
        words.add(argument);
        continue;
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(argument + " needs a value");
      }
      options = options.with(argument, arguments[++i]);
    }
    return new BenchOptions(
        Path.of(arguments[0]),
        words.isEmpty() ? defaults.words : words,
        options.seconds,
        options.rounds,
        options.json,
        options.svg);
  }

  static BenchOptions defaults(int seconds, int rounds, String... words) {
    return new BenchOptions(Path.of(""), List.of(words), seconds, rounds, null, null);
  }

  private BenchOptions with(String option, String value) {
    return switch (option) {
      case "--seconds" -> new BenchOptions(server, words, number(option, value), rounds, json, svg);
      case "--rounds" -> new BenchOptions(server, words, seconds, number(option, value), json, svg);
      case "--json" -> new BenchOptions(server, words, seconds, rounds, Path.of(value), svg);
      case "--svg" -> new BenchOptions(server, words, seconds, rounds, json, Path.of(value));
      default ->
          throw new IllegalArgumentException(
              option + " is no option: there are --seconds, --rounds, --json and --svg");
    };
  }

  /** The words as numbers. */
  List<Integer> numbers() {
    return words.stream().map(word -> number("a size", word)).toList();
  }

  private static int number(String what, String value) {
    if (!value.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(what + " wants a number, not " + value);
    }
    return Integer.parseInt(value);
  }

  /** Prints the report, and writes it where it is wanted. */
  void finish(Report report, PrintStream out) throws IOException {
    report.print(out);
    if (json != null) {
      report.writeJson(json);
    }
  }
}
