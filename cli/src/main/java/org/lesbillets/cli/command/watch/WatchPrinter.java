package org.lesbillets.cli.command.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.command.WatchVisitor;
import org.lesbillets.cli.output.ResultPrinter;
import org.lesbillets.cli.output.console.ClosedPipeException;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.output.console.ReaderGuard;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/**
 * Visitor of a watch that prints its events up to a limit, runs the program of {@code --exec} for
 * each, and ends the watch when standard output has no reader, even while there is nothing to
 * print. The cursor moves behind what was taken: where a program runs, with each of its ends, else
 * with each flush, which comes when nothing further has arrived or after {@value #MOST_LINES}
 * lines. Called on the thread that watches; the guard of the reader polls on another.
 */
final class WatchPrinter implements WatchVisitor {
  /** Lines that one flush, and one write of the cursor, cover at most. */
  private static final int MOST_LINES = 256;

  private final Console console;
  private final ResultPrinter printer;
  private final EventProgram program;
  private final CursorFile cursor;
  private final ConnectionStatusPrinter status;
  private final Extent extent;
  private final List<Ticket> snapshot = new ArrayList<>();
  private String journalId;

  /** How much is known of what time alone has changed; null where that does not matter. */
  private TimeMark told;

  private int unflushed;
  private long left;
  private ReaderGuard guard;

  /**
   * What is printed.
   *
   * @param limit how many events
   * @param renewals whether renewals of leases count: they occur every few seconds and change
   *     nothing
   * @param initial whether the tickets of a snapshot are printed
   */
  record Extent(long limit, boolean renewals, boolean initial) {}

  /**
   * What is done with what was printed.
   *
   * @param program null for none
   * @param cursor null for none
   */
  record Takers(EventProgram program, CursorFile cursor) {}

  WatchPrinter(Console console, ResultPrinter printer, Takers takers, Extent extent) {
    this.console = console;
    this.printer = printer;
    this.program = takers.program();
    this.cursor = takers.cursor();
    this.status = ConnectionStatusPrinter.ofTheFirst(console);
    this.extent = extent;
    this.left = extent.limit();
  }

  @Override
  public void begun(Runnable end) {
    guard =
        console.guardReader(
            () -> {
              timeIsOver();
              end.run();
            });
  }

  @Override
  public void timeIsOver() {
    if (program != null) {
      program.stop();
    }
  }

  @Override
  public boolean event(EventMessage event) {
    long revision = event.event().revision();
    if (!extent.renewals() && event.event().event().isRenewal()) {
      passed(place(revision));
      return true;
    }
    printer.watched(event);
    return counted(place(revision), () -> ExecLine.of(event));
  }

  @Override
  public boolean match(TicketMatch match) {
    printer.watched(match);
    told = match.mark();
    return counted(place(match.revision()), () -> ExecLine.of(match));
  }

  private boolean counted(ResumePoint at, Supplier<ExecLine> line) {
    if (!taken(at, line)) {
      return false;
    }
    left--;
    return left > 0;
  }

  /** Null before the watch stands anywhere. */
  private ResumePoint place(long revision) {
    return journalId == null ? null : new ResumePoint(journalId, revision, told);
  }

  @Override
  public boolean part(SnapshotPart part) {
    if (!extent.initial()) {
      return WatchVisitor.super.part(part);
    }
    if (part.first()) {
      snapshot.clear();
    }
    snapshot.addAll(part.tickets());
    return !part.last() || (!part.reset() || resync(part.at())) && present(part.at());
  }

  private boolean present(ResumePoint at) {
    for (Ticket ticket : snapshot) {
      printer.present(ticket);
      if (!taken(null, () -> ExecLine.of(ticket))) {
        return false;
      }
    }
    snapshot.clear();
    printer.current(at);
    return taken(at, () -> ExecLine.current(at));
  }

  @Override
  public boolean resync(ResumePoint at) {
    printer.resync(at);
    return taken(null, () -> ExecLine.resync(at));
  }

  /**
   * Has a line taken that was printed.
   *
   * @param at where the watch stands then; null for where it stood before
   * @return false if the watch ends before that
   */
  private boolean taken(ResumePoint at, Supplier<ExecLine> line) {
    unflushed++;
    if (program == null) {
      note(at);
      if (unflushed >= MOST_LINES) {
        settle();
      }
      return true;
    }
    console.flush();
    if (!program.run(line.get())) {
      return false;
    }
    note(at);
    settle();
    program.settled();
    return true;
  }

  private void note(ResumePoint at) {
    if (cursor != null && at != null) {
      cursor.note(at);
    }
  }

  /** What was printed is out, and on the disk, before the cursor says so. */
  private void settle() {
    unflushed = 0;
    if (cursor == null) {
      console.flush();
    } else {
      console.sync();
      cursor.save();
    }
  }

  @Override
  public void position(ResumePoint at) {
    journalId = at.journalId();
    told = at.mark();
    passed(at);
  }

  private void passed(ResumePoint at) {
    note(at);
    if (cursor != null && cursor.isDue()) {
      settle();
    }
  }

  @Override
  public void caughtUp() {
    if (unflushed > 0 || cursor != null && cursor.isDue()) {
      settle();
    }
  }

  @Override
  public void state(ConnectionState state) {
    if (state instanceof ConnectionState.Reconnecting) {
      // What the lost connection still brought need not wait for the next one.
      caughtUp();
    }
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
    settle();
    return left;
  }
}
