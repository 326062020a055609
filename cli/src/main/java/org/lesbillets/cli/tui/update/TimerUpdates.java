package org.lesbillets.cli.tui.update;

import java.time.Duration;
import org.lesbillets.cli.tui.state.StatusLine;

/**
 * What a tick does, several times a second: expires messages, writes drafts, refreshes filters and
 * counts that mention time. On the thread of the view.
 */
record TimerUpdates(UpdateContext context) {
  /** The intervals of draft writes, and of filters that mention time. */
  private static final Duration DRAFT = Duration.ofSeconds(1);

  private static final Duration SIFT = Duration.ofSeconds(5);

  void tick(long heardNanos) {
    context.connection = context.connection.with(context.connection.link().heard(heardNanos));
    context.activity = context.activity.look(context.now, context.tickets.locked());
    if (context.status().isOver(context.now)) {
      context.status(StatusLine.NOTHING);
    }
    if (context.now.since(context.drafts().savedNanos()).compareTo(DRAFT) >= 0) {
      new EditorUpdates(context).saveDraft();
    }
    new CountUpdates(context).tick();
    new DetailUpdates(context).tick();
    boolean timely =
        context.listing.filters().listed().query().mentionsTime()
            && context.listing.job() == null
            && !context.listing.frozen();
    if (timely && context.now.since(context.listing.filteredNanos()).compareTo(SIFT) >= 0) {
      new ListUpdates(context).refresh();
    }
  }
}
