package org.lesbillets.cli.tui.update;

import java.time.Duration;
import java.util.List;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.model.Ticket;

/** Keeps the numbers beside the views, as long as they are shown. */
final class CountUpdates {
  /** So many tickets are counted at once; more are counted on another thread. */
  private static final int AT_ONCE = 5_000;

  /** How often time moves tickets in and out of a view. */
  private static final Duration PACE = Duration.ofSeconds(5);

  private final UpdateContext context;
  private final UiModel model;

  CountUpdates(UpdateContext context) {
    this.context = context;
    this.model = context.model;
  }

  /** The tickets, or who one is, are others than before. */
  void again() {
    model.counts.forget();
    show();
  }

  /** Counts if there is room to show it and nothing was counted yet. */
  void show() {
    if (!model.layout().views()) {
      model.counts.forget();
    } else if (!model.counts.isKept() && model.tickets.isComplete()) {
      count(false);
    }
  }

  /** What only time brings about is counted again, at its own pace. */
  void tick() {
    boolean timely = model.counts.views().stream().anyMatch(view -> view.query().mentionsTime());
    if (timely && model.counts.isOlder(PACE, model.now)) {
      count(true);
    }
  }

  /**
   * @param timely whether only views that mention time are to be counted
   */
  private void count(boolean timely) {
    long id = model.nextId();
    model.counts.begin(id, model.now);
    TicketFilterer.Count count = new TicketFilterer.Count(model.counts.views(), timely);
    if (model.tickets.book().size() <= AT_ONCE) {
      Iterable<Ticket> all = model.tickets.book().stream()::iterator;
      model.counts.counted(id, count.of(all, TicketFilterer.context(model.me(), model.now.wall())));
    } else {
      List<Ticket> all = model.tickets.book().tickets();
      context.effect(new Effect.Count(id, all, count, model.me(), model.now.wall()));
    }
  }

  void counted(EffectResult.Counted event) {
    model.counts.counted(event.id(), event.counts());
  }

  /**
   * A ticket came or changed.
   *
   * @param before null for a new one
   */
  void changed(Ticket before, Ticket after) {
    model.counts.changed(before, after, TicketFilterer.context(model.me(), model.now.wall()));
  }
}
