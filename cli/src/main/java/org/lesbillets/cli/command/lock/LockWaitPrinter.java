package org.lesbillets.cli.command.lock;

import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.model.TicketRef;

/**
 * Listener of a waiting lock request that prints its progress for people; a script gets only
 * trouble. Called on the thread that waits.
 *
 * @param ticket as it was typed
 */
record LockWaitPrinter(Console console, TicketRef ticket) implements LockWaitListener {
  @Override
  public void waiting() {
    if (console.terminal().err()) {
      console.say("billets: waiting in line for the lock on " + ticket + " (Ctrl-C gives up)");
    }
  }

  @Override
  public void silent(ServerAddress server, boolean silent) {
    console.say(
        silent
            ? "billets: "
                + server
                + " does not answer any more (still waiting in line for the lock on "
                + ticket
                + ")"
            : "billets: " + server + " answers again");
  }

  @Override
  public void lost() {
    console.say(
        "billets: the connection was lost while waiting for the lock on "
            + ticket
            + " (trying again until the wait is over)");
  }

  @Override
  public void back(ServerAddress server) {
    console.say("billets: connected to " + server + " again, and back in line");
  }
}
