package org.lesbillets.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.Signals;
import org.lesbillets.cli.output.Foreground;
import org.lesbillets.cli.process.CallerEnvironment;

/**
 * Passes SIGINT, SIGTERM and SIGHUP on to a command, which decides what becomes of them, and keeps
 * them from ending this process. SIGINT is passed on only where it does not come from a terminal:
 * Ctrl-C reaches the command by itself, and twice would mean more than once to many programs.
 *
 * <p>The virtual machine has no say over SIGKILL, SIGSTOP and SIGCONT, keeps SIGQUIT, and does not
 * take over a signal that was ignored when it started. Signals come on threads of their own.
 */
final class PassedSignals implements AutoCloseable {
  private static final String INTERRUPT = "INT";
  private static final String TERMINATE = "TERM";
  private static final List<String> NAMES = List.of(INTERRUPT, TERMINATE, "HUP");

  private final boolean onTerminal;
  private final Map<String, Object> before = new HashMap<>();
  private final List<String> early = new ArrayList<>();
  private ProcessHandle command;

  private PassedSignals(boolean onTerminal) {
    this.onTerminal = onTerminal;
  }

  /**
   * Begins to catch signals, also those that come before there is a command.
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

  private synchronized void caught(String name) {
    if (command == null) {
      early.add(name);
    } else if (!name.equals(INTERRUPT) || !Foreground.isHere(onTerminal)) {
      send(name);
    }
  }

  private void send(String name) {
    if (!command.isAlive()) {
      return;
    }
    if (name.equals(TERMINATE)) {
      command.destroy();
      return;
    }
    try {
      CallerEnvironment.program(
              "sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(command.pid()))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // Without a shell there is only the signal that Java itself can send.
      command.destroy();
    }
  }

  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
