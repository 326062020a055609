package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long whole processes take: a program that does nothing, {@code billets --version}, {@code
 * billets list} of 100 tickets, and a server until it is ready. The three clients take turns, so
 * that a machine whose speed drifts does so for all of them.
 */
public final class StartupBench {
  private static final int RUNS = 15;
  private static final int SERVER_RUNS = 7;
  private static final int TICKETS = 100;

  private StartupBench() {}

  /** Arguments: the server's launcher, the client's launcher. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    Path launcher = Path.of(arguments[0]);
    servers(launcher, out);
    try (BenchServer server = new BenchServer(launcher, List.of())) {
      fill(server);
      clients(server, arguments[1], out);
    }
  }

  private static void servers(Path launcher, PrintStream out) throws IOException {
    double[] millis = new double[SERVER_RUNS];
    for (int run = -1; run < SERVER_RUNS; run++) {
      long begin = System.nanoTime();
      try (BenchServer server = new BenchServer(launcher, List.of())) {
        if (run >= 0) {
          millis[run] = (System.nanoTime() - begin) / 1e6;
        }
        server.port();
      }
    }
    out.printf("server until ready        %6.0f ms%n", median(millis));
  }

  private static void fill(BenchServer server) throws IOException {
    try (Selector selector = Selector.open()) {
      BenchConnection connection = new BenchConnection(server.port(), server.token());
      connection.register(selector);
      int[] created = {0};
      for (int i = 0; i < TICKETS; i++) {
        connection.send(
            "{\"type\":\"CreateTicket\",\"requestId\":\"c\",\"ticket\":{\"title\":\"Ticket "
                + i
                + "\"}}");
      }
      while (created[0] < TICKETS) {
        selector.select(1_000);
        selector.selectedKeys().clear();
        connection.read(
            (from, payload) ->
                created[0] +=
                    new String(bytes(payload), java.nio.charset.StandardCharsets.UTF_8)
                            .contains("\"requestId\":\"c\"")
                        ? 1
                        : 0);
      }
      connection.close();
    }
  }

  private static byte[] bytes(java.nio.ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static void clients(BenchServer server, String billets, PrintStream out)
      throws Exception {
    String java = ProcessHandle.current().info().command().orElse("java");
    List<List<String>> commands = new ArrayList<>();
    commands.add(
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Nothing.class.getName()));
    commands.add(List.of(billets, "--version"));
    commands.add(List.of(billets, "list"));
    double[][] millis = new double[commands.size()][RUNS];
    for (int run = -2; run < RUNS; run++) {
      for (int i = 0; i < commands.size(); i++) {
        double taken = run(commands.get(i), server);
        if (run >= 0) {
          millis[i][run] = taken;
        }
      }
    }
    double nothing = median(millis[0]);
    out.printf("a JVM that does nothing   %6.0f ms%n", nothing);
    for (int i = 1; i < commands.size(); i++) {
      String name = "billets " + commands.get(i).get(1);
      out.printf(
          "%-25s %6.0f ms  %5.1f times a JVM that does nothing%n",
          name, median(millis[i]), median(millis[i]) / nothing);
    }
  }

  private static double run(List<String> command, BenchServer server)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("BILLETS_SERVER", "ws://127.0.0.1:" + server.port() + "/tickets");
    builder.environment().put("BILLETS_TOKEN", server.token());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    long begin = System.nanoTime();
    int code = builder.start().waitFor();
    double millis = (System.nanoTime() - begin) / 1e6;
    if (code != 0) {
      throw new IOException(command + " ended with " + code);
    }
    return millis;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
