package org.lesbillets.server.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs seeds, for {@code scripts/simulate}: a thread per processor, each with a run of its own at a
 * time. Exit codes: 0 no invariant broken, 1 one is, 2 wrong usage.
 */
@Command(name = "simulate", mixinStandardHelpOptions = true)
final class SimulateMain implements Runnable {
  private static final long REPORT_EVERY = 10_000;

  @Option(names = "--seeds", defaultValue = "1000", description = "How many; default 1000.")
  private long seeds;

  @Option(names = "--from", defaultValue = "1", description = "The first seed; default 1.")
  private long from;

  @Option(names = "--seed", description = "One seed only.")
  private Long seed;

  @Option(names = "--seconds", defaultValue = "10", description = "Virtual seconds with faults.")
  private int seconds;

  @Option(names = "--trace", description = "Print what happens, with --seed.")
  private boolean trace;

  private final PrintStream out = System.out;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong steps = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private volatile boolean failed;

  public static void main(String[] args) {
    SimulateMain main = new SimulateMain();
    int code = new CommandLine(main).execute(args);
    System.exit(code == 0 && main.failed ? 1 : code);
  }

  @Override
  public void run() {
    if (seed != null) {
      from = seed;
      seeds = 1;
    }
    next.set(from);
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread = new Thread(this::work, "simulation-" + i);
      thread.start();
      threads.add(thread);
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    double took = (System.nanoTime() - start) / 1e9;
    out.printf(
        "%,d seeds in %.1f s, %.1f a second; %,d steps, %,d events; %s%n",
        done.get(),
        took,
        done.get() / took,
        steps.get(),
        events.get(),
        failed ? "failed" : "no invariant broken");
  }

  private void work() {
    for (long one = next.getAndIncrement();
        one < from + seeds && !failed;
        one = next.getAndIncrement()) {
      run(one);
    }
  }

  private void run(long one) {
    try {
      Simulation.Result result =
          Simulation.run(one, seconds, trace && seed != null ? out::println : null);
      steps.addAndGet(result.steps());
      events.addAndGet(result.events());
      if (done.incrementAndGet() % REPORT_EVERY == 0) {
        out.printf("%,d seeds%n", done.get());
      }
    } catch (RuntimeException | Error e) {
      failed = true;
      synchronized (this) {
        out.println("seed " + one + ": " + e.getMessage());
        if (trace || !(e instanceof BrokenInvariantException)) {
          e.printStackTrace(out);
        }
        out.println(
            "replay: scripts/simulate --seed " + one + " --seconds " + seconds + " --trace");
      }
    }
  }
}
