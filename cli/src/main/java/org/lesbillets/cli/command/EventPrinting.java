package org.lesbillets.cli.command;

import org.lesbillets.cli.client.ConnectionState;
import org.lesbillets.cli.output.Console;
import org.lesbillets.cli.output.ResultPrinter;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Prints the events of a watch up to a number of them. Used by the thread that watches. */
final class EventPrinting implements WatchVisitor {
  private final ResultPrinter printer;
  private final ConnectionNews news;
  private long left;

  EventPrinting(ResultPrinter printer, Console console, long limit) {
    this.printer = printer;
    this.news = new ConnectionNews(console);
    this.left = limit;
  }

  @Override
  public boolean event(EventMessage event) {
    printer.watched(event);
    left--;
    return left > 0;
  }

  @Override
  public boolean resync(ResumePoint at) {
    printer.resync(at);
    return true;
  }

  @Override
  public void state(ConnectionState state) {
    state.accept(news);
  }
}
