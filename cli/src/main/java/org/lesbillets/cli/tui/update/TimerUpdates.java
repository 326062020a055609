package org.lesbillets.cli.tui.update;

import java.time.Duration;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.list.Activity;
import org.lesbillets.cli.tui.state.list.LiveStats;

/** What time alone brings about. */
record TimerUpdates(UpdateContext context) {
  /** How often what was typed is put on disk, and how often time moves tickets in and out. */
  private static final Duration DRAFT = Duration.ofSeconds(1);

  private static final Duration SIFT = Duration.ofSeconds(5);

  void tick(long heardNanos) {
    context.connection(context.connection().with(context.model.link().heard(heardNanos)));
    LiveStats stats = context.model.stats();
    Activity activity = stats.activity().look(context.now(), context.tickets().locked());
    context.model = context.model.with(stats.with(activity));
    if (context.status().isOver(context.now())) {
      context.status(StatusLine.NOTHING);
    }
    if (context.now().since(context.drafts().savedNanos()).compareTo(DRAFT) >= 0) {
      new EditorUpdates(context).keepDraft();
    }
    new CountUpdates(context).tick();
    new PreviewUpdates(context).tick();
    boolean timely =
        context.listing().filters().listed().query().mentionsTime()
            && context.listing().job() == null
            && !context.model.isFrozen();
    if (timely && context.now().since(context.listing().filteredNanos()).compareTo(SIFT) >= 0) {
      new ListUpdates(context).refresh();
    }
  }
}
