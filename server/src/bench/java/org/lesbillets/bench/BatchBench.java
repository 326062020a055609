package org.lesbillets.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Acknowledged changes a second of one {@code billets batch}, from its start to its end, and after
 * the first so many results. Each adds a comment of 100 characters to one of 100 tickets.
 */
public final class BatchBench {
  private static final int TICKETS = 100;
  private static final int CHANGES = 150_000;
  private static final int WARM = 50_000;
  private static final String FILLER = "x".repeat(100);

  private final BenchServer server;
  private final String billets;

  private BatchBench(BenchServer server, String billets) {
    this.server = server;
    this.billets = billets;
  }

  /** Arguments: the server's launcher, that of billets, then how many jobs at a time. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    for (String journal : List.of("sqlite:", "memory:")) {
      try (BenchServer server =
          new BenchServer(Path.of(arguments[0]), List.of("--journal", journal))) {
        BatchBench bench = new BatchBench(server, arguments[1]);
        bench.create();
        for (String jobs : Arrays.asList(arguments).subList(2, arguments.length)) {
          bench.run(jobs, journal, out);
        }
      }
    }
  }

  private void create() throws Exception {
    Path file = Files.createTempFile("billets-bench", ".jsonl");
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < TICKETS; i++) {
        lines.write("{\"type\":\"CreateTicket\",\"ticket\":{\"title\":\"ticket " + i + "\"}}\n");
      }
    }
    Process process = batch("64", file);
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    ended(process, file);
  }

  private Process batch(String jobs, Path file) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(billets, "batch", "--jobs", jobs, "-o", "jsonl", file.toString());
    builder.environment().put("BILLETS_SERVER", "127.0.0.1:" + server.port());
    builder.environment().put("BILLETS_TOKEN", server.token());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void ended(Process process, Path file) throws Exception {
    Files.delete(file);
    if (process.waitFor() != 0) {
      throw new IOException("billets batch ended with " + process.exitValue());
    }
  }

  private void run(String jobs, String journal, PrintStream out) throws Exception {
    Path file = Files.createTempFile("billets-bench", ".jsonl");
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < CHANGES; i++) {
        lines.write(
            "{\"type\":\"CommentTicket\",\"ticket\":%d,\"text\":\"%s\"}\n"
                .formatted(1 + i % TICKETS, FILLER));
      }
    }
    double before = server.processorSeconds();
    long start = System.nanoTime();
    Process process = batch(jobs, file);
    long warm = start;
    int done = 0;
    double own = 0;
    try (BufferedReader results = process.inputReader()) {
      for (String line = results.readLine(); line != null; line = results.readLine()) {
        if (!line.contains("\"answer\":{\"type\":\"TicketCommented\"")) {
          throw new IOException(line);
        }
        done++;
        warm = done == WARM ? System.nanoTime() : warm;
        own = done == CHANGES ? processorSeconds(process) : own;
      }
    }
    long end = System.nanoTime();
    ended(process, file);
    out.printf(
        "%-8s %4s jobs: %,7.0f changes a second, %,7.0f after the first %,d; processor seconds:"
            + " server %.1f, billets %.1f%n",
        journal,
        jobs,
        CHANGES / ((end - start) / 1e9),
        (CHANGES - WARM) / ((end - warm) / 1e9),
        WARM,
        server.processorSeconds() - before,
        own);
  }

  private static double processorSeconds(Process process) {
    return process.info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(0.0);
  }
}
