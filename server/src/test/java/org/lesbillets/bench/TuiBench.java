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
  private static final Pattern REVISION = Pattern.compile("rev (\\d+)");
  private static final String CURSOR = "❯";
  private static final String DESCRIPTION = "It happened again, and nobody knows why. ".repeat(8);
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
  private long comments;

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
            revision = Long.parseLong(text.replaceFirst(".*?\"revision\":(\\d+).*", "$1"));
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
    try (ScreenProgram view =
        new ScreenProgram(List.of(billets, "tui", "status:open"), environment)) {
      view.await("Case 1 of the big desk");
      say("first screen", "%,.0f ms after the start (goal: 2,000)", view.millis());
      awaitAll(view, tickets);
      say("all tickets", "%,.0f ms after the start", view.millis());
      say("a key, at rest", "%s (goal: 50)", quantiles(keys(view, KEYS, 0)));
      say("memory so far", "%,.0f MiB at most (goal: 512)", view.peakMebibytes());
      idle(view);
      double[] answers = keys(view, FLOOD_SECONDS * 5, FLOOD_PER_SECOND / 5);
      settle();
      say("a key, in the flood", "%s (goal: 100)", quantiles(answers));
      say("behind afterwards", "%s", behind(view));
      say("memory", "%,.0f MiB at most (goal: 512)", view.peakMebibytes());
    }
  }

  private void say(String what, String form, Object... values) {
    out.printf("%-22s %s%n", what, String.format(form, values));
  }

  /** Has the screen painted anew until it says that all is there. */
  private void awaitAll(ScreenProgram view, int tickets) throws IOException {
    String all = Integer.toString(tickets);
    while (true) {
      view.forget();
      view.press("\f");
      view.await("HELD");
      pause(20);
      String screen = view.written().replaceAll("[,.\\s']", "");
      if (screen.contains("of" + all + "tickets") && !screen.contains("loading")) {
        return;
      }
      pause(100);
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** What a view costs that nobody touches. */
  private void idle(ScreenProgram view) {
    double before = view.processorSeconds();
    pause(10_000);
    say("processor at rest", "%.1f %% of one", (view.processorSeconds() - before) * 10);
  }

  /**
   * Presses keys that move the cursor, and waits for each until it is seen to have moved.
   *
   * @param changes how many changes to ask for before each key, spread over a fifth of a second; 0
   *     for none, and no pause
   * @return milliseconds
   */
  private double[] keys(ScreenProgram view, int count, int changes) throws IOException {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      for (int j = 0; j < changes; j++) {
        comment();
        hear(0);
        long due = begin + TimeUnit.SECONDS.toNanos(1) * (j + 1) / FLOOD_PER_SECOND;
        LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
      }
      if (changes == 0) {
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

  private void comment() throws IOException {
    ask(
        "{\"type\":\"CommentTicket\",\"requestId\":\"x"
            + ++comments
            + "\",\"ticket\":"
            + (1 + random.nextInt(1_000))
            + ",\"text\":\"still so\"}");
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

  /** How far the screen is behind the server once the flood is over; it gets a second. */
  private String behind(ScreenProgram view) throws IOException {
    pause(1_000);
    view.forget();
    view.press("\f");
    view.await("HELD");
    pause(50);
    Matcher shown = REVISION.matcher(view.written());
    if (!shown.find()) {
      throw new IOException("no revision on " + view.written());
    }
    long there = Long.parseLong(shown.group(1));
    return there == revision
        ? "nothing: revision " + there + ", as the server"
        : (revision - there) + " revisions: " + there + " instead of " + revision;
  }
}
