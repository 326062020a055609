package org.lesbillets.cli.command;

import org.lesbillets.cli.client.ConnectionState;
import org.lesbillets.cli.output.Console;

/**
 * Tells the person who watches when the connection goes and comes back, once for each time the
 * server is away, however often it is tried. Used by the thread that watches.
 */
final class ConnectionNews implements ConnectionState.Handler<Void> {
  private final Console console;
  private boolean away;

  ConnectionNews(Console console) {
    this.console = console;
  }

  @Override
  public Void onConnecting(ConnectionState.Connecting state) {
    return null;
  }

  @Override
  public Void onLive(ConnectionState.Live state) {
    if (away) {
      console.say("billets: connected to " + state.server() + " again");
    }
    away = false;
    return null;
  }

  @Override
  public Void onReconnecting(ConnectionState.Reconnecting state) {
    if (!away) {
      console.say("billets: " + state.cause() + " (trying again until it is back)");
    }
    away = true;
    return null;
  }

  @Override
  public Void onClosed(ConnectionState.Closed state) {
    return null;
  }
}
