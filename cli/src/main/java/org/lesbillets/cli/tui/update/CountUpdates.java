package org.lesbillets.cli.tui.update;

import java.time.Duration;
import java.util.List;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.cli.tui.state.list.ViewCounts;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.QueryContext;

/** Keeps the numbers beside the views, as long as they are shown. */
record CountUpdates(UpdateContext context) {
  /** So many tickets are counted at once; more are counted on another thread. */
  private static final int AT_ONCE = 5_000;

  /** How often time moves tickets in and out of a view. */
  private static final Duration PACE = Duration.ofSeconds(5);

  private void counts(ViewCounts counts) {
    context.model = context.model.with(context.model.stats().with(counts));
  }

  /** The tickets, or who one is, are others than before. */
  void again() {
    counts(context.model.counts().forget());
    show();
  }

  /** Counts if there is room to show it and nothing was counted yet. */
  void show() {
    if (!context.model.layout().views()) {
      counts(context.model.counts().forget());
    } else if (!context.model.counts().isKept() && context.tickets().isComplete()) {
      count(false);
    }
  }

  /** What only time brings about is counted again, at its own pace. */
  void tick() {
    boolean timely =
        context.model.counts().views().stream().anyMatch(view -> view.query().mentionsTime());
    if (timely && context.model.counts().isOlder(PACE, context.now())) {
      count(true);
    }
  }

  /**
   * @param timely whether only views that mention time are to be counted
   */
  private void count(boolean timely) {
    long id = context.nextId();
    counts(context.model.counts().begin(id, context.now()));
    TicketFilterer.Count count = new TicketFilterer.Count(context.model.counts().views(), timely);
    if (context.tickets().book().size() <= AT_ONCE) {
      Iterable<Ticket> all = context.tickets().book().stream()::iterator;
      counts(context.model.counts().counted(id, count.of(all, context.me(), context.now().wall())));
    } else {
      List<Ticket> all = context.tickets().book().tickets();
      context.effect(new Effect.Count(id, all, count, context.me(), context.now().wall()));
    }
  }

  void counted(EffectResult.Counted event) {
    counts(context.model.counts().counted(event.id(), event.counts()));
  }

  /**
   * A ticket came or changed.
   *
   * @param before null for a new one
   */
  void changed(Ticket before, Ticket after) {
    QueryContext query = TicketFilterer.context(context.me(), context.now().wall());
    counts(context.model.counts().changed(before, after, query));
  }
}
