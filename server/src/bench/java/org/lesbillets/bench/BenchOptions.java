package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lesbillets.bench.report.Report;
import org.lesbillets.bench.report.SvgPlot;

/**
 * What a measurement is asked for. Immutable.
 *
 * @param server this server's launcher
 * @param words all that are no options, such as numbers of watchers
 * @param options their values by their names
 */
record BenchOptions(Path server, List<String> words, Map<String, String> options) {
  private static final String SECONDS = "--seconds";
  private static final String ROUNDS = "--rounds";
  private static final String JSON = "--json";
  private static final String PLOTS = "--svg";
  private static final String BESIDE = "--beside";
  private static final List<String> NAMES = List.of(SECONDS, ROUNDS, JSON, PLOTS, BESIDE);

  /**
   * @param arguments the server's launcher, then words and options
   * @param defaults what is not given
   * @throws IllegalArgumentException with a sentence for the user
   */
  static BenchOptions of(String[] arguments, BenchOptions defaults) {
    List<String> words = new ArrayList<>();
    Map<String, String> options = new TreeMap<>(defaults.options);
    for (int i = 1; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("--")) {
        words.add(argument);
      } else if (!NAMES.contains(argument)) {
        throw new IllegalArgumentException(
            argument + " is no option: there are " + String.join(", ", NAMES));
      } else if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(argument + " needs a value");
      } else {
        options.put(argument, arguments[++i]);
      }
    }
    BenchOptions all =
        new BenchOptions(Path.of(arguments[0]), words.isEmpty() ? defaults.words : words, options);
    // What is wrong is said before anything is started.
    all.numbers();
    all.seconds();
    all.rounds();
    return all;
  }

  static BenchOptions defaults(int seconds, int rounds, String... words) {
    return new BenchOptions(
        Path.of(""),
        List.of(words),
        Map.of(SECONDS, Integer.toString(seconds), ROUNDS, Integer.toString(rounds)));
  }

  /** The words as numbers. */
  List<Integer> numbers() {
    return words.stream().map(word -> number("a size", word)).toList();
  }

  /** Of each round. */
  int seconds() {
    return number(SECONDS, options.get(SECONDS));
  }

  int rounds() {
    return number(ROUNDS, options.get(ROUNDS));
  }

  private static int number(String what, String value) {
    if (!value.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(what + " wants a number, not " + value);
    }
    return Integer.parseInt(value);
  }

  /** Whether a peer that is this program may be measured, too. */
  boolean wants(String program) {
    String beside = options.get(BESIDE);
    return beside == null || List.of(beside.split(",")).contains(program);
  }

  /** Prints the report, and writes it where it is wanted. */
  void finish(Report report, PrintStream out) throws IOException {
    report.print(out);
    if (options.containsKey(JSON)) {
      report.writeJson(Path.of(options.get(JSON)));
    }
  }

  /**
   * Writes a plot of a figure of the report over a size, a line for each server, where plots are
   * wanted.
   *
   * @param name of the file, without its ending
   */
  void plot(Report report, String name, String size, String figure) throws IOException {
    if (options.containsKey(PLOTS)) {
      Path folder = Files.createDirectories(Path.of(options.get(PLOTS)));
      SvgPlot plot = new SvgPlot(report.title(), size, figure);
      for (Map<String, Object> row : report.rows()) {
        if (row.get(size) instanceof Number at && row.get(figure) instanceof Number value) {
          plot.point((String) row.get("server"), at.doubleValue(), value.doubleValue());
        }
      }
      plot.write(folder.resolve(name + ".svg"));
    }
  }
}
