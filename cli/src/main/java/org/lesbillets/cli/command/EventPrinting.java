package org.lesbillets.cli.command;

import org.lesbillets.cli.client.ConnectionState;
import org.lesbillets.cli.output.Console;
import org.lesbillets.cli.output.ResultPrinter;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Prints the events of a watch up to a number of them, and tells the person who watches when the
 * connection goes and comes back. Used by the thread that watches.
 */
final class EventPrinting implements WatchVisitor, ConnectionState.Handler<Void> {
  private final ResultPrinter printer;
  private final Console console;
  private long left;
  private boolean away;

  EventPrinting(ResultPrinter printer, Console console, long limit) {
    this.printer = printer;
    this.console = console;
    this.left = limit;
  }

  @Override
  public boolean event(EventMessage event) {
    printer.watched(event);
    left--;
    return left > 0;
  }

  @Override
  public void resync(ResumePoint at) {
    printer.resync(at);
  }

  @Override
  public void state(ConnectionState state) {
    state.accept(this);
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
    // Once for each time the server is away, however often it is tried.
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
