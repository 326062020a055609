package org.lesbillets.cli.command.watch;

import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.command.WatchVisitor;
import org.lesbillets.cli.output.ResultPrinter;
import org.lesbillets.cli.output.console.ClosedPipeException;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.output.console.ReaderGuard;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Visitor of a watch that prints its events up to a limit, runs the program of {@code --exec} for
 * each, and ends the watch when standard output has no reader, even while there is nothing to
 * print. Called on the thread that watches; the guard of the reader polls on another.
 */
final class WatchPrinter implements WatchVisitor {
  private final Console console;
  private final ResultPrinter printer;
  private final EventProgram program;
  private final ConnectionStatusPrinter status;
  private final boolean renewals;
  private long left;
  private ReaderGuard guard;

  /**
   * Which events count.
   *
   * @param renewals whether renewals of leases do: they occur every few seconds and change nothing
   */
  record Extent(long limit, boolean renewals) {}

  /**
   * @param program null for none
   */
  WatchPrinter(Console console, ResultPrinter printer, EventProgram program, Extent extent) {
    this.console = console;
    this.printer = printer;
    this.program = program;
    this.status = ConnectionStatusPrinter.ofTheFirst(console);
    this.renewals = extent.renewals();
    this.left = extent.limit();
  }

  @Override
  public void begun(Runnable end) {
    guard = console.guardReader(end);
  }

  @Override
  public boolean event(EventMessage event) {
    if (!renewals && event.event().event().isRenewal()) {
      return true;
    }
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

  @Override
  public void state(ConnectionState state) {
    state.accept(status);
  }

  /**
   * Ends the guard of the reader when the watch is over.
   *
   * @return how many events were missing to the limit
   * @throws ClosedPipeException if the watch ended because the reader has gone
   */
  long ended() {
    if (guard != null) {
      guard.close();
      if (guard.isGone()) {
        throw new ClosedPipeException();
      }
    }
    return left;
  }
}
