package org.lesbillets.cli.command.lock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.lesbillets.cli.output.console.Foreground;
import org.lesbillets.cli.process.CallerEnvironment;

/**
 * Signal handlers that forward signals to a child process, which decides what they do, instead of
 * ending this process. A signal from the keyboard or the window of a terminal is not forwarded: the
 * child gets it from there, and twice would mean more than once to many programs.
 *
 * <p>The virtual machine has no say over SIGKILL and SIGSTOP; it keeps SIGQUIT, SIGILL, SIGFPE,
 * SIGSEGV and the real-time signals; a shell cannot send SIGSTKFLT; SIGBUS, SIGPIPE, SIGXFSZ and
 * SIGCHLD have their cause in this process, so that they say nothing to the child. It does not take
 * over SIGHUP, SIGINT and SIGTERM where they were ignored when it started. Signals arrive on
 * threads of the virtual machine.
 */
final class PassedSignals implements AutoCloseable {
  private static final String TERMINATE = "TERM";
  private static final String INTERRUPT = "INT";

  /** These stop a process that does not say otherwise. */
  private static final Set<String> STOPS = Set.of("TSTP", "TTIN", "TTOU");

  /** These end a process that does not say otherwise, and are meant to. */
  private static final Set<String> ENDS = Set.of("HUP", INTERRUPT, TERMINATE);

  /** Sent by a terminal to all processes in its foreground. */
  private static final Set<String> OF_TERMINAL = Set.of(INTERRUPT, "TSTP", "WINCH");

  private static final List<String> NAMES =
      List.of(
          "HUP", INTERRUPT, TERMINATE, "USR1", "USR2", "ALRM", "VTALRM", "PROF", "IO", "PWR", "SYS",
          "XCPU", "URG", "WINCH", "TRAP", "ABRT", "CONT", "TSTP", "TTIN", "TTOU");

  private static final long STOP_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 10;
  private static final String STOPPED = ") T ";

  /** A child may have ended by a signal before this process has received the same one. */
  private static final long SIGNAL_MILLIS = 300;

  private final boolean onTerminal;
  private final Map<String, Object> before = new HashMap<>();
  private final List<String> early = new ArrayList<>();
  private final CountDownLatch interrupt = new CountDownLatch(1);
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();
  private ProcessHandle command;

  private PassedSignals(boolean onTerminal) {
    this.onTerminal = onTerminal;
  }

  /**
   * Installs the handlers; signals that arrive before there is a child are buffered.
   *
   * @param onTerminal whether this process has a terminal, for where nothing better can be known
   */
  static PassedSignals open(boolean onTerminal) {
    PassedSignals signals = new PassedSignals(onTerminal);
    for (String name : NAMES) {
      signals.before.put(name, Signals.register(name, () -> signals.caught(name)));
    }
    return signals;
  }

  /** The command that is to get them. */
  synchronized void passTo(ProcessHandle command) {
    this.command = command;
    early.forEach(this::send);
    early.clear();
  }

  /** Whether SIGINT has arrived, or arrives before a short timeout. */
  boolean interrupted() {
    try {
      return interrupt.await(SIGNAL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Completed by a signal to end that arrives when the command has ended. */
  CompletableFuture<Void> stopping() {
    return stopping;
  }

  private void caught(String name) {
    if (name.equals(INTERRUPT)) {
      interrupt.countDown();
    }
    passOn(name);
  }

  private synchronized void passOn(String name) {
    if (command == null) {
      early.add(name);
      return;
    }
    if (ENDS.contains(name) && !command.isAlive()) {
      stopping.complete(null);
    }
    if (!OF_TERMINAL.contains(name) || !Foreground.isHere(onTerminal)) {
      send(name);
    }
    if (STOPS.contains(name) && commandStops()) {
      // Stopped alone, this process would lose the lock while the command runs on.
      kill("STOP", ProcessHandle.current());
    }
  }

  private void send(String name) {
    if (!command.isAlive()) {
      return;
    }
    if (name.equals(TERMINATE)) {
      command.destroy();
    } else {
      kill(name, command);
    }
  }

  /** Whether the command is stopped, or is soon; where that cannot be known, it is not. */
  private boolean commandStops() {
    Path stat = Path.of("/proc", Long.toString(command.pid()), "stat");
    long start = System.nanoTime();
    try {
      while (!Files.readString(stat, StandardCharsets.ISO_8859_1).contains(STOPPED)) {
        if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS)) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void kill(String name, ProcessHandle process) {
    String pid = Long.toString(process.pid());
    try {
      CallerEnvironment.program("sh", "-c", "kill -s \"$0\" \"$1\"", name, pid)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // Without a shell there is only the signal that Java itself can send, if it is to end.
      if (!STOPS.contains(name) && !process.equals(ProcessHandle.current())) {
        process.destroy();
      }
    }
  }

  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
