package org.lesbillets.cli.command.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.lock.ProcessTree;
import org.lesbillets.cli.process.CallerEnvironment;
import org.lesbillets.model.DurationText;

/**
 * Runs a shell command for each event of a watch, one at a time and in order, on the thread that
 * watches; further events wait in the bounded queue of the connection, which is the back-pressure:
 * when it is full, the connection is cut, and the watch resumes from its cursor. What the child
 * prints goes to standard error. A shutdown hook ends a running child first, with SIGTERM and after
 * a grace with SIGKILL.
 */
final class EventProgram implements AutoCloseable {
  /** From SIGTERM to SIGKILL. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** From the end of the last child to the end of this process, for the cursor to be saved. */
  private static final Duration SETTLE = Duration.ofSeconds(2);

  /**
   * A child ended by a signal has a higher exit code; the signal may have been meant for this
   * process.
   */
  private static final int ENDED_BY_SIGNAL = 128;

  private static final long SIGNAL_MILLIS = 300;

  private final String command;
  private final Duration retry;
  private final CommandContext context;
  private final Map<String, String> environment;
  private final Thread hook = new Thread(this::end, "billets-exec-end");
  private Process running;

  /** Whether the line under way is yet to be settled. Guarded by this, as what follows. */
  private boolean busy;

  private boolean ending;
  private boolean stopped;

  private EventProgram(String command, Duration retry, CommandContext context) {
    this.command = command;
    this.retry = retry;
    this.context = context;
    this.environment = new TreeMap<>(context.settings().forChildren());
    // The lock this may run under is not on the ticket of an event.
    environment.put("BILLETS_LOCK_TOKEN", "");
  }

  /**
   * @param command what the shell is to run; null for nothing
   * @param retry the pause before a command that failed is run again; null to go on without it
   * @return null where there is nothing to run
   */
  static EventProgram of(String command, Duration retry, CommandContext context) {
    if (command == null && retry != null) {
      throw new UsageException(
          "--retry is about the command of --exec: write that, as in --exec ./page --retry 10s");
    }
    if (command == null) {
      return null;
    }
    if (command.isBlank()) {
      throw new UsageException("--exec: there is no command: write it there, as in --exec ./page");
    }
    EventProgram program = new EventProgram(command, retry, context);
    Runtime.getRuntime().addShutdownHook(program.hook);
    return program;
  }

  /**
   * Runs the command for a line, again and again where it is to be retried. The caller calls {@link
   * #settled} behind it.
   *
   * @return false if the watch is to end, and the line is yet to be done
   */
  boolean run(ExecLine line) {
    try {
      String before = null;
      for (int runs = 1; true; runs++) {
        String failure = runOnce(line);
        if (failure == null) {
          sayThatItSucceeded(line, runs);
          return true;
        }
        if (!failure.equals(before)) {
          report(line, failure);
        }
        before = failure;
        if (retry == null) {
          return true;
        }
        if (!pause()) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      drop();
      return false;
    }
  }

  private void drop() {
    synchronized (this) {
      busy = false;
    }
    end();
  }

  /** Null if it succeeded; blocks if it failed because this process is ending. */
  private String runOnce(ExecLine line) throws InterruptedException {
    try {
      Process child = start(line);
      if (child == null) {
        blockAtShutdown();
      }
      feed(child, line.json());
      int code = child.waitFor();
      if (code != 0 && isEnding(code)) {
        blockAtShutdown();
      }
      return code == 0 ? null : "ended with " + code;
    } catch (IOException e) {
      return "cannot be run: " + e.getMessage();
    }
  }

  private void sayThatItSucceeded(ExecLine line, int runs) {
    if (runs > 1) {
      context
          .console()
          .say(
              "billets: '" + command + "' succeeded for " + line + ", when run " + runs + " times");
    }
  }

  /** Whether the command is to be run again after the pause. */
  private synchronized boolean pause() throws InterruptedException {
    long end = System.nanoTime() + retry.toNanos();
    long left = retry.toNanos();
    while (left > 0 && !stopped && !ending) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
    blockAtShutdown();
    return !stopped;
  }

  /** Ends the retries: the watch is to end. Any thread. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /**
   * What came of the event is recorded. Once this process is ending, no further event may be
   * printed: no child would get it.
   */
  synchronized void settled() {
    try {
      blockAtShutdown();
      busy = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Null when this process is ending. */
  private synchronized Process start(ExecLine line) throws IOException {
    if (ending) {
      return null;
    }
    ProcessBuilder builder =
        CallerEnvironment.program("sh", "-c", "exec >&2\n" + command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    builder.environment().putAll(line.variables());
    running = builder.start();
    busy = true;
    return running;
  }

  /** On a separate thread, since the child need not read its input. */
  private static void feed(Process child, String json) {
    Thread feeder =
        new Thread(
            () -> {
              try (OutputStream in = child.getOutputStream()) {
                in.write((json + "\n").getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                // The child did not read all of it.
              }
            },
            "billets-exec-input");
    feeder.setDaemon(true);
    feeder.start();
  }

  /** Ctrl-C reaches the child too, and may end it before this process has got it. */
  private synchronized boolean isEnding(int code) throws InterruptedException {
    if (!ending && code > ENDED_BY_SIGNAL) {
      wait(SIGNAL_MILLIS);
    }
    return ending;
  }

  private synchronized void blockAtShutdown() throws InterruptedException {
    while (ending) {
      busy = false;
      notifyAll();
      wait();
    }
  }

  private void report(ExecLine line, String how) {
    context.report(
        "EXEC_FAILED",
        "'"
            + command
            + "' "
            + how
            + " for "
            + line
            + (retry == null
                ? "; the watch goes on"
                : "; it is run again every " + DurationText.format(retry) + " until it succeeds"));
  }

  private void end() {
    Process child;
    synchronized (this) {
      ending = true;
      child = running;
      notifyAll();
    }
    if (child != null && child.isAlive()) {
      ProcessTree.end(child.toHandle(), GRACE);
    }
    awaitSettled();
  }

  /** A child that succeeded nevertheless is done: its event should not come again. */
  private synchronized void awaitSettled() {
    try {
      long end = System.nanoTime() + SETTLE.toNanos();
      for (long left = SETTLE.toNanos(); busy && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process ends already, and the hook with it.
    }
  }
}
