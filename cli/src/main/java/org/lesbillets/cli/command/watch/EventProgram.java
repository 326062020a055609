package org.lesbillets.cli.command.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.lock.ProcessTree;
import org.lesbillets.cli.output.WatchLine;
import org.lesbillets.cli.process.CallerEnvironment;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ServerMessage.EventMessage;

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

  /**
   * A child ended by a signal has a higher exit code; the signal may have been meant for this
   * process.
   */
  private static final int ENDED_BY_SIGNAL = 128;

  private static final long SIGNAL_MILLIS = 300;

  private final String command;
  private final CommandContext context;
  private final Map<String, String> environment;
  private final Thread hook = new Thread(this::end, "billets-exec-end");
  private Process running;
  private boolean ending;

  private EventProgram(String command, CommandContext context) {
    this.command = command;
    this.context = context;
    this.environment = new TreeMap<>(context.settings().forChildren());
    // The lock this may run under is not on the ticket of an event.
    environment.put("BILLETS_LOCK_TOKEN", "");
  }

  /**
   * @param command what the shell is to run; null for nothing
   * @return null where there is nothing to run
   */
  static EventProgram of(String command, CommandContext context) {
    if (command == null) {
      return null;
    }
    if (command.isBlank()) {
      throw new UsageException("--exec: there is no command: write it there, as in --exec ./page");
    }
    EventProgram program = new EventProgram(command, context);
    Runtime.getRuntime().addShutdownHook(program.hook);
    return program;
  }

  void run(EventMessage event) {
    WireEvent fact = event.event().event();
    long number = fact.ticket().number();
    Map<String, String> about = new TreeMap<>();
    about.put("BILLETS_EVENT", fact.type());
    about.put("BILLETS_REVISION", Long.toString(event.event().revision()));
    about.put("BILLETS_TICKET", Long.toString(number));
    about.put("BILLETS_AGENT", said(fact.by()));
    about.put("BILLETS_MATCH", event.match() == null ? "" : event.match().wireName());
    run(about, WatchLine.of(event), fact.type() + " of #" + number);
  }

  private static String said(AgentName agent) {
    return agent == null ? "" : agent.value();
  }

  void run(ResumePoint at) {
    Map<String, String> about = new TreeMap<>();
    about.put("BILLETS_EVENT", "resync");
    about.put("BILLETS_REVISION", Long.toString(at.revision()));
    about.put("BILLETS_TICKET", "");
    about.put("BILLETS_AGENT", "");
    about.put("BILLETS_MATCH", "");
    run(about, WatchLine.of(at), "resync");
  }

  private void run(Map<String, String> about, String json, String what) {
    try {
      Process child = start(about);
      if (child != null) {
        feed(child, json);
        int code = child.waitFor();
        if (code != 0 && !isEnding(code)) {
          report(what, about, "ended with " + code);
        }
      }
      blockAtShutdown();
    } catch (IOException e) {
      report(what, about, "cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
    }
  }

  /** Null when this process is ending. */
  private synchronized Process start(Map<String, String> about) throws IOException {
    if (ending) {
      return null;
    }
    ProcessBuilder builder =
        CallerEnvironment.program("sh", "-c", "exec >&2\n" + command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    builder.environment().putAll(about);
    running = builder.start();
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

  /** Once this process is ending, no further event may be printed: no child would get it. */
  private synchronized void blockAtShutdown() throws InterruptedException {
    while (ending) {
      wait();
    }
  }

  private void report(String what, Map<String, String> about, String how) {
    context.report(
        "EXEC_FAILED",
        "'"
            + command
            + "' "
            + how
            + " for the event at revision "
            + about.get("BILLETS_REVISION")
            + " ("
            + what
            + "); the watch goes on");
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
