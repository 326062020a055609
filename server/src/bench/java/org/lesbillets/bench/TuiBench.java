package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The live view on a big desk: how soon there is something to see, how soon all of it is there, how
 * soon a key answers, also while a thousand changes a second come in, whether the screen is right
 * afterwards, and what all of that takes.
 */
public final class TuiBench {
  private static final Pattern REVISION = Pattern.compile("revision\\s+(\\d+)");
  private static final Pattern ROW =
      Pattern.compile("\\d+\\s+(urgent|high|normal|low)\\s+Case\\s+\\d+.*?(?=agent)");
  private static final String CURSOR = "❯";
  private static final String DESCRIPTION = "It happened again, and nobody knows why. ".repeat(8);
  private static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent");

  /** To the end and back, frozen and not, the other order, a filter, detail, overview, help. */
  private static final List<String> OTHERS =
      List.of(
          "G", "g", " ", " ", "S", "S", "/", "c", "a", "s", "e", " ", "7", "\u0015", "\r", "\r",
          "q", "o", "q", "?", "q");

  private static final int FLOOD_PER_SECOND = 1_000;
  private static final int FLOOD_SECONDS = 30;
  private static final int KEYS = 100;
  private static final int IN_FLIGHT = 200;

  private final BenchServer server;
  private final PrintStream out;
  private final Random random = new Random(1);
  private final Selector selector;
  private final BenchConnection load;
  private long revision;
  private int unanswered;
  private long changes;

  private TuiBench(BenchServer server, PrintStream out) throws IOException {
    this.server = server;
    this.out = out;
    selector = Selector.open();
    load = new BenchConnection(server.port(), server.token());
    load.register(selector);
  }

  /** Arguments: the server's launcher, that of billets, and how many tickets. */
  public static void main(String[] arguments) throws IOException {
    int tickets = Integer.parseInt(arguments[2]);
    try (BenchServer server = new BenchServer(Path.of(arguments[0]), List.of("--ephemeral"))) {
      TuiBench bench = new TuiBench(server, System.out);
      bench.fill(tickets);
      bench.run(arguments[1], tickets);
    }
  }

  private void fill(int tickets) throws IOException {
    for (int i = 1; i <= tickets; i++) {
      ask(
          "{\"type\":\"CreateTicket\",\"requestId\":\"c"
              + i
              + "\",\"ticket\":{\"title\":\"Case "
              + i
              + " of the big desk\",\"description\":\""
              + DESCRIPTION
              + "\",\"assignee\":\"agent"
              + i % 40
              + "\",\"tags\":[\"t"
              + i % 100
              + "\"]}}");
      while (unanswered >= IN_FLIGHT) {
        hear(100);
      }
    }
    settle();
  }

  private void ask(String message) throws IOException {
    unanswered++;
    load.send(message);
  }

  private void hear(long millis) throws IOException {
    selector.select(millis);
    selector.selectedKeys().clear();
    load.flush();
    load.read(
        (from, payload) -> {
          String text = StandardCharsets.UTF_8.decode(payload).toString();
          if (text.contains("\"requestId\"")) {
            unanswered--;
            // An update that changes nothing is answered with the ticket's revision, an old one.
            long answered = Long.parseLong(text.replaceFirst(".*?\"revision\":(\\d+).*", "$1"));
            revision = Math.max(revision, answered);
          }
        });
  }

  private void settle() throws IOException {
    while (unanswered > 0) {
      hear(100);
    }
  }

  private void run(String billets, int tickets) throws IOException {
    Map<String, String> environment =
        Map.of("BILLETS_SERVER", "127.0.0.1:" + server.port(), "BILLETS_TOKEN", server.token());
    List<String> command = List.of(billets, "tui", "status:open");
    try (ScreenProgram view = new ScreenProgram(command, environment)) {
      view.await("Case 1 of the big desk");
      say("first screen", "%,.0f ms after the start (goal: 2,000)", view.millis());
      awaitAll(view, tickets);
      say("all tickets", "%,.0f ms after the start", view.millis());
      say("a key, at rest", "%s (goal: 50)", quantiles(keys(view, KEYS, 0)));
      say("other keys, at rest", "%s (goal: 50)", quantiles(others(view)));
      say("memory so far", "%,.0f MiB at most (goal: 512)", view.peakMebibytes());
      idle(view);
      double[] answers = keys(view, FLOOD_SECONDS * 5, FLOOD_PER_SECOND / 5);
      settle();
      say("a key, in the flood", "%s (goal: 100)", quantiles(answers));
      try (ScreenProgram fresh = new ScreenProgram(command, environment)) {
        awaitAll(fresh, tickets);
        say("afterwards", "%s", rightness(view, fresh));
      }
      say("memory", "%,.0f MiB at most (goal: 512)", view.peakMebibytes());
    }
  }

  private void say(String what, String form, Object... values) {
    out.printf("%-22s %s%n", what, String.format(form, values));
  }

  /** Has the screen painted anew until it says that all is there. */
  private void awaitAll(ScreenProgram view, int tickets) throws IOException {
    String all = Integer.toString(tickets);
    for (int times = 0; times < 600; times++) {
      view.forget();
      view.press("\f");
      view.await("TITLE");
      pause(20);
      String screen = view.written().replaceAll("[,.\\s']", "");
      if (screen.contains("of" + all + "tickets") && !screen.contains("loading")) {
        return;
      }
      pause(100);
    }
    throw new IOException("not all tickets came: " + view.written());
  }

  /** Waits, and answers what the server asks meanwhile. */
  private void pause(long millis) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      hear(TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }
  }

  /** What a view costs that nobody touches. */
  private void idle(ScreenProgram view) throws IOException {
    double before = view.processorSeconds();
    pause(10_000);
    say("processor at rest", "%.1f %% of one", (view.processorSeconds() - before) * 10);
  }

  /**
   * Presses keys that move the cursor, and waits for each until it is seen to have moved.
   *
   * @param before how many changes to ask for before each key, spread over a fifth of a second; 0
   *     for none, and no pause
   * @return milliseconds
   */
  private double[] keys(ScreenProgram view, int count, int before) throws IOException {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      for (int j = 0; j < before; j++) {
        change();
        hear(0);
        long due = begin + TimeUnit.SECONDS.toNanos(1) * (j + 1) / FLOOD_PER_SECOND;
        LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
      }
      if (before == 0) {
        pause(50 + random.nextInt(50));
      }
      view.forget();
      long pressed = System.nanoTime();
      view.press(i % 2 == 0 ? "j" : "k");
      view.await(CURSOR);
      millis[i] = (System.nanoTime() - pressed) / 1e6;
    }
    return millis;
  }

  /**
   * Presses keys that change the whole screen or the whole list, until each has shown something.
   */
  private double[] others(ScreenProgram view) throws IOException {
    double[] millis = new double[OTHERS.size() * 5];
    for (int i = 0; i < millis.length; i++) {
      pause(100 + random.nextInt(200));
      view.forget();
      long pressed = System.nanoTime();
      view.press(OTHERS.get(i % OTHERS.size()));
      view.await("\u001b[");
      millis[i] = (System.nanoTime() - pressed) / 1e6;
    }
    return millis;
  }

  /** A new title for one of the first thousand tickets or, one time in ten, another priority. */
  private void change() throws IOException {
    int number = 1 + random.nextInt(1_000);
    String change =
        ++changes % 10 == 0
            ? "priority\":\"" + PRIORITIES.get(random.nextInt(PRIORITIES.size()))
            : "title\":\"Case " + number + " of the big desk, change " + changes;
    ask(
        "{\"type\":\"UpdateTicket\",\"requestId\":\"x"
            + changes
            + "\",\"ticket\":"
            + number
            + ",\"changes\":{\""
            + change
            + "\"}}");
  }

  private static String quantiles(double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return String.format(
        "median %.0f ms, 99 of 100 within %.0f ms, at most %.0f ms",
        sorted[sorted.length / 2],
        sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)],
        sorted[sorted.length - 1]);
  }

  /** Whether the screen is right once the flood is over; it gets a second. */
  private String rightness(ScreenProgram view, ScreenProgram fresh) throws IOException {
    pause(1_000);
    view.press("o");
    pause(600);
    view.forget();
    view.press("\f");
    view.await("revision");
    pause(100);
    Matcher shown = REVISION.matcher(view.written());
    if (!shown.find()) {
      throw new IOException("no revision on " + view.written());
    }
    view.press("o");
    long there = Long.parseLong(shown.group(1));
    if (there != revision) {
      return (revision - there) + " revisions behind: " + there + " instead of " + revision;
    }
    List<String> rows = titles(painted(view));
    List<String> expected = titles(painted(fresh));
    return rows.equals(expected)
        ? "right: revision " + there + ", and the same " + rows.size() + " rows as in a new view"
        : "wrong: " + rows + " instead of " + expected;
  }

  /** The whole screen with the cursor on top, painted anew. */
  private String painted(ScreenProgram view) throws IOException {
    view.press("g");
    pause(200);
    view.forget();
    view.press("\f");
    view.await("TITLE");
    pause(100);
    return view.written();
  }

  private static List<String> titles(String screen) {
    return ROW.matcher(screen).results().map(row -> row.group().replaceAll("\\s+", " ")).toList();
  }
}
