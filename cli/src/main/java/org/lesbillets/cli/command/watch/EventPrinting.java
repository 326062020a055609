package org.lesbillets.cli.command.watch;

import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.command.WatchVisitor;
import org.lesbillets.cli.output.ResultPrinter;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Prints the events of a watch up to a number of them, and has a program run for each if there is
 * one. Used by the thread that watches.
 */
final class EventPrinting implements WatchVisitor {
  private final ResultPrinter printer;
  private final EventProgram program;
  private final ConnectionStatusPrinter news;
  private long left;

  /**
   * @param program null for none
   */
  EventPrinting(
      ResultPrinter printer, EventProgram program, ConnectionStatusPrinter news, long limit) {
    this.printer = printer;
    this.program = program;
    this.news = news;
    this.left = limit;
  }

  @Override
  public boolean event(EventMessage event) {
    printer.watched(event);
    if (program != null) {
      program.run(event);
    }
    left--;
    return left > 0;
  }

  @Override
  public boolean resync(ResumePoint at) {
    printer.resync(at);
    if (program != null) {
      program.run(at);
    }
    return true;
  }

  /** How many events are still to come up to the limit. */
  long left() {
    return left;
  }

  @Override
  public void state(ConnectionState state) {
    state.accept(news);
  }
}
