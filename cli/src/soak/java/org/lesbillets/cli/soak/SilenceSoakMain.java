package org.lesbillets.cli.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * {@code scripts/soak silence}: connections that die without a FIN, many times over, under a watch
 * and a live view. Exit codes: 0 all is well, 1 a violation, 2 usage.
 */
final class SilenceSoakMain {
  private static final String USAGE =
      "usage: scripts/soak silence [--rounds N] [--kind pause|server|proxy|network] [--seconds N]";

  private SilenceSoakMain() {}

  private record Plan(List<SilenceKind> kinds, int rounds, Duration length) {}

  public static void main(String[] arguments) throws Exception {
    System.exit(run(arguments, System.out, System.err));
  }

  private static int run(String[] arguments, PrintStream out, PrintStream err) throws Exception {
    Plan plan;
    try {
      plan = plan(Arrays.asList(arguments).iterator());
    } catch (IllegalArgumentException e) {
      err.println("soak: " + e.getMessage());
      err.println(USAGE);
      return 2;
    }
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Boolean>> runs = new ArrayList<>();
      for (SilenceKind kind : plan.kinds()) {
        Callable<Boolean> run =
            kind == SilenceKind.NETWORK && plan.kinds().size() > 1
                ? () -> elsewhere(plan, out)
                : () -> play(kind, plan, out);
        runs.add(threads.submit(run));
      }
      boolean well = true;
      for (Future<Boolean> run : runs) {
        well &= run.get();
      }
      out.println("verdict      " + (well ? "all as it should be" : "VIOLATED"));
      return well ? 0 : 1;
    } finally {
      threads.shutdown();
    }
  }

  /** A network of its own to be taken down, for the server and all its clients. */
  private static boolean elsewhere(Plan plan, PrintStream out) throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare", "--net"));
    command.addAll(List.of("sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
    command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "--class-path"));
    command.add(System.getProperty("java.class.path"));
    command.add("-Dsoak.root=" + System.getProperty("soak.root"));
    command.addAll(List.of(SilenceSoakMain.class.getName(), "--kind", "network"));
    command.addAll(List.of("--rounds", Integer.toString(plan.rounds())));
    if (plan.length() != null) {
      command.addAll(List.of("--seconds", Long.toString(plan.length().toSeconds())));
    }
    Process process = new ProcessBuilder(command).inheritIO().start();
    int exit = process.waitFor();
    if (exit != 0) {
      out.println("network      ended with " + exit + " (it needs the right to unshare --net)");
    }
    return exit == 0;
  }

  private static boolean play(SilenceKind kind, Plan plan, PrintStream out) throws Exception {
    Path root = Path.of(System.getProperty("soak.root"));
    Path folder = Files.createTempDirectory("billets-silence");
    List<SilenceRound> rounds = new ArrayList<>();
    boolean complete;
    try (SilenceRig desk = new SilenceRig(root, folder)) {
      for (int i = 0; i < plan.rounds(); i++) {
        Duration length = plan.length() == null ? kind.usual(i) : plan.length();
        SilenceRound round = SilenceRound.play(desk, kind, i, length);
        out.println(kind.word() + " " + (i + 1) + ": " + round);
        rounds.add(round);
      }
      complete = desk.watchMissedNothing();
    } catch (IOException e) {
      out.println(kind.word() + "  " + e.getMessage() + "; kept " + folder);
      return false;
    }
    long well = rounds.stream().filter(SilenceRound::isWell).count();
    out.printf(
        "%-12s %d of %d well, every event once: %s%n",
        kind.word(), well, rounds.size(), complete ? "yes" : "NO");
    report(out, "  back, watch", rounds.stream().map(SilenceRound::watchBack).toList());
    report(out, "  back, view", rounds.stream().map(SilenceRound::viewBack).toList());
    if (kind.isShown()) {
      report(out, "  shown, watch", rounds.stream().map(SilenceRound::watchShown).toList());
      report(out, "  shown, view", rounds.stream().map(SilenceRound::viewShown).toList());
    }
    if (well < rounds.size() || !complete) {
      out.println("kept         " + folder);
      return false;
    }
    remove(folder);
    return true;
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void report(PrintStream out, String what, List<Duration> times) {
    List<Duration> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    out.printf(
        "%-14s median %.1f s, longest %.1f s%n",
        what,
        sorted.get(sorted.size() / 2).toMillis() / 1e3,
        sorted.get(sorted.size() - 1).toMillis() / 1e3);
  }

  private static Plan plan(Iterator<String> words) {
    List<SilenceKind> kinds = List.of(SilenceKind.values());
    int rounds = 20;
    Duration length = null;
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--rounds" -> rounds = number(word, words);
        case "--seconds" -> length = Duration.ofSeconds(number(word, words));
        case "--kind" -> kinds = List.of(SilenceKind.named(words.hasNext() ? words.next() : ""));
        default -> throw new IllegalArgumentException("what is " + word + "?");
      }
    }
    return new Plan(kinds, rounds, length);
  }

  private static int number(String option, Iterator<String> words) {
    try {
      int number = Integer.parseInt(words.hasNext() ? words.next() : "");
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(option + " needs a number above 0");
  }
}
