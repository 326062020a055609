package org.lesbillets.cli.tui.update;

import java.time.Duration;
import java.util.List;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.cli.tui.state.list.ViewCounts;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.QueryContext;

/**
 * The number of tickets in each saved view, while the line of views is shown. Small counts run at
 * once, large ones as an {@link Effect.Count} on a worker thread; events that arrive in between are
 * added ({@link ViewCounts}). On the thread of the view.
 */
record CountUpdates(UpdateContext context) {
  /** The most tickets counted at once; it takes under a frame. */
  private static final int AT_ONCE = 5_000;

  /** The interval of recounts for queries that mention time. */
  private static final Duration PACE = Duration.ofSeconds(5);

  /** Recounts: the snapshot or the agent has changed. */
  void again() {
    context.counts = context.counts.forget();
    show();
  }

  /** Counts if the line of views is shown and no count is known. */
  void show() {
    if (!context.view.layout().views()) {
      context.counts = context.counts.forget();
    } else if (!context.counts.isKept() && context.tickets.isComplete()) {
      count(false);
    }
  }

  /** Recounts the views whose result depends on the time. */
  void tick() {
    boolean timely = context.counts.views().stream().anyMatch(view -> view.query().mentionsTime());
    if (timely && context.counts.isOlder(PACE, context.now)) {
      count(true);
    }
  }

  /**
   * @param timely whether only views that mention time are counted
   */
  private void count(boolean timely) {
    long id = context.nextId();
    context.counts = context.counts.begin(id, context.now);
    TicketFilterer.Count count = new TicketFilterer.Count(context.counts.views(), timely);
    if (context.tickets.book().size() <= AT_ONCE) {
      Iterable<Ticket> all = context.tickets.book().stream()::iterator;
      context.counts = context.counts.counted(id, count.of(all, context.me(), context.now.wall()));
    } else {
      List<Ticket> all = context.tickets.book().tickets();
      context.effect(new Effect.Count(id, all, count, context.me(), context.now.wall()));
    }
  }

  void counted(EffectResult.Counted event) {
    context.counts = context.counts.counted(event.id(), event.counts());
  }

  /**
   * Applies the change of one ticket: two matches for each view.
   *
   * @param before null for a new ticket
   */
  void changed(Ticket before, Ticket after) {
    QueryContext query = TicketFilterer.context(context.me(), context.now.wall());
    context.counts = context.counts.changed(before, after, query);
  }
}
