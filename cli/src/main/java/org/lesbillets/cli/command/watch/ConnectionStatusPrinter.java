package org.lesbillets.cli.command.watch;

import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.text.Durations;

/**
 * Visitor of connection states that prints the loss and the return of a connection, once for each
 * outage, however many retries it takes. A first connection that fails is an exception. Called on
 * the thread that watches.
 */
final class ConnectionStatusPrinter implements ConnectionState.Visitor {
  private final Console console;
  private boolean begun;
  private boolean away;

  private ConnectionStatusPrinter(Console console, boolean begun) {
    this.console = console;
    this.begun = begun;
  }

  /** For a first connection: a server that cannot be reached is an exception. */
  static ConnectionStatusPrinter ofTheFirst(Console console) {
    return new ConnectionStatusPrinter(console, false);
  }

  /** For a server that has answered before: retried until it is back. */
  static ConnectionStatusPrinter ofAnother(Console console) {
    return new ConnectionStatusPrinter(console, true);
  }

  @Override
  public void onConnecting(ConnectionState.Connecting state) {}

  @Override
  public void onLive(ConnectionState.Live state) {
    if (away) {
      console.say("billets: connected to " + state.server() + " again");
    }
    away = false;
    begun = true;
  }

  @Override
  public void onReconnecting(ConnectionState.Reconnecting state) {
    if (!begun) {
      throw new ConnectionException(ConnectionException.Kind.UNREACHABLE, state.cause());
    }
    if (!away) {
      console.say("billets: " + state.cause() + "; trying again until it is back");
    }
    away = true;
  }

  @Override
  public void onDraining(ConnectionState.Draining state) {
    console.say(
        state.cancelled()
            ? "billets: " + state.server() + " is not drained any more"
            : "billets: "
                + state.server()
                + " is drained: it ends this connection in "
                + Durations.inSentence(state.after()));
  }

  @Override
  public void onClosed(ConnectionState.Closed state) {}
}
