package org.lesbillets.cli.command.lock;

import java.io.IOException;
import org.jline.utils.Signals;
import org.lesbillets.cli.process.CallerEnvironment;

/**
 * Ends this process by SIGINT instead of with exit code 130, as a command that does not catch the
 * signal ends. Shells see the difference: Ctrl-C ends their loops and scripts only where the child
 * was ended by it.
 */
final class EndByInterrupt {
  private static final String INTERRUPT = "INT";

  private EndByInterrupt() {}

  /** Called last: no shutdown hook has any work left. */
  static void atExit() {
    Runtime.getRuntime().addShutdownHook(new Thread(EndByInterrupt::end, "billets-interrupt"));
  }

  private static void end() {
    Signals.registerDefault(INTERRUPT);
    String self = Long.toString(ProcessHandle.current().pid());
    try {
      CallerEnvironment.program("sh", "-c", "kill -s \"$0\" \"$1\"", INTERRUPT, self)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      // Without a shell it ends with 130.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
