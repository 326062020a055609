package org.lesbillets.cli.command.lock;

import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.output.console.Console;

/**
 * Listener of a waiting request that prints its progress for people; a script gets only trouble.
 * Called on the thread that waits.
 *
 * @param goal what is waited for
 */
public record LockWaitPrinter(Console console, String goal) implements LockWaitListener {
  @Override
  public void waiting() {
    if (console.terminal().err()) {
      console.say("billets: waiting in line for " + goal + " (Ctrl-C gives up)");
    }
  }

  @Override
  public void silent(ServerAddress server, boolean silent) {
    console.say(
        silent
            ? "billets: "
                + server
                + " does not answer any more (still waiting in line for "
                + goal
                + ")"
            : "billets: " + server + " answers again");
  }

  @Override
  public void lost() {
    console.say(
        "billets: the connection was lost while waiting for "
            + goal
            + " (trying again until the wait is over)");
  }

  @Override
  public void back(ServerAddress server) {
    console.say("billets: connected to " + server + " again, and back in line");
  }
}
