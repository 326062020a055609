package org.lesbillets.cli.command.watch;

import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.command.WatchVisitor;
import org.lesbillets.cli.output.console.ClosedPipeException;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.output.console.ReaderGuard;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Ends a watch when nothing reads standard output any more, even if there is nothing to print. */
final class UntilReaderGoes implements WatchVisitor {
  private final WatchVisitor visitor;
  private final Console console;
  private ReaderGuard guard;

  UntilReaderGoes(WatchVisitor visitor, Console console) {
    this.visitor = visitor;
    this.console = console;
  }

  @Override
  public void begun(Runnable end) {
    guard = console.guardReader(end);
  }

  @Override
  public boolean event(EventMessage event) {
    return visitor.event(event);
  }

  @Override
  public boolean resync(ResumePoint at) {
    return visitor.resync(at);
  }

  @Override
  public void state(ConnectionState state) {
    visitor.state(state);
  }

  /**
   * The watch is over.
   *
   * @throws ClosedPipeException if it is because there is no reader
   */
  void ended() {
    if (guard != null) {
      guard.close();
      if (guard.isGone()) {
        throw new ClosedPipeException();
      }
    }
  }
}
