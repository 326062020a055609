package org.lesbillets.cli.tui.update;

import java.time.Duration;
import org.lesbillets.cli.tui.state.StatusLine;

/** What time alone brings about. */
final class TimerUpdates {
  /** How often what was typed is put on disk, and how often time moves tickets in and out. */
  private static final Duration DRAFT = Duration.ofSeconds(1);

  private static final Duration SIFT = Duration.ofSeconds(5);

  private final UpdateContext context;
  private final UiModel model;

  TimerUpdates(UpdateContext context) {
    this.context = context;
    this.model = context.model;
  }

  void tick(long heardNanos) {
    model.link = model.link.heard(heardNanos);
    model.activity.look(model.now, model.tickets.locked());
    if (isOver()) {
      model.status = StatusLine.NOTHING;
    }
    if (model.now.since(model.disk.keptNanos).compareTo(DRAFT) >= 0) {
      context.keepDraft();
    }
    new CountUpdates(context).tick();
    new PreviewUpdates(context).tick();
    boolean timely = model.listed.query().mentionsTime() && model.sifting == null && !model.frozen;
    if (timely && model.now.since(model.siftedNanos).compareTo(SIFT) >= 0) {
      new ListUpdates(context).refresh();
    }
  }

  private boolean isOver() {
    Duration age = model.now.since(model.status.sinceNanos());
    return switch (model.status.kind()) {
      case NOTHING, ALARM -> false;
      case HAPPENED, WAITING -> age.toSeconds() >= 20;
      case DONE -> age.toSeconds() >= 10;
      case REFUSED -> age.toSeconds() >= 15;
    };
  }
}
