package org.lesbillets.cli.client.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.retry.Sleeper;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * One writer: changes the title of its ticket when the {@link BenchPlan} says, or, in a closed
 * loop, when the change before was answered. One change is in flight; those that become due before
 * are sent as soon as it is answered, late. Runs on a thread of its own.
 */
final class BenchWriter implements Runnable {
  /** The longest sleep before it is looked whether the run has ended. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final int index;
  private final BenchFigures figures;
  private final Function<Change, EventMessage> server;
  private final Sleeper clock;

  /**
   * @param server makes a change and waits for its event; throws what a ChangeSender does
   */
  BenchWriter(
      int index, BenchFigures figures, Function<Change, EventMessage> server, Sleeper clock) {
    this.index = index;
    this.figures = figures;
    this.server = server;
    this.clock = clock;
  }

  @Override
  public void run() {
    long change = 0;
    try {
      while (awaitDue(change)) {
        send(change);
        change++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      figures.end(e);
    }
    if (!figures.plan().isClosedLoop()) {
      figures.unsent(index, change);
    }
  }

  /** Waits until a change is due; false if the run ends before. */
  private boolean awaitDue(long change) throws InterruptedException {
    long due = figures.plan().isClosedLoop() ? 0 : figures.plan().dueNanos(index, change);
    boolean slept = false;
    while (due < figures.endNanos() && now() < figures.endNanos()) {
      long left = due - now();
      if (left <= 0) {
        if (slept) {
          figures.awoke(due, -left);
        }
        return true;
      }
      slept = true;
      clock.sleep(Duration.ofNanos(Math.min(left, LOOK_NANOS)));
    }
    return false;
  }

  private long now() {
    return clock.nanoTime() - figures.startNanos();
  }

  private void send(long change) {
    BenchPlan plan = figures.plan();
    long due = plan.isClosedLoop() ? now() : plan.dueNanos(index, change);
    try {
      EventMessage event = server.apply(DueChange.of(plan, index, change, due));
      figures.answered(due, clock.nanoTime(), event.event().revision());
    } catch (RejectedException | ConnectionException e) {
      figures.failed(due, clock.nanoTime(), e);
    }
  }
}
