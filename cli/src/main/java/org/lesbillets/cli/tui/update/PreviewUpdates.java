package org.lesbillets.cli.tui.update;

import java.time.Duration;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.state.Layout;
import org.lesbillets.cli.tui.state.LinkState;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.PreviewState;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.model.TicketId;

/**
 * The comments of the selected ticket for the preview: fetched once the cursor has rested on it
 * (debounce). On the thread of the view.
 */
record PreviewUpdates(UpdateContext context) {
  /** The debounce interval: rows that are scrolled past are not fetched. */
  private static final Duration REST = Duration.ofMillis(150);

  /** Follows the cursor; called after every event. */
  void follow() {
    TicketId chosen =
        isShown() ? context.list().selected().map(row -> row.shown().id()).orElse(null) : null;
    if (chosen == null) {
      context.peek(null);
    } else if (context.peek() == null || !context.peek().isOf(chosen)) {
      context.peek(PreviewState.of(chosen, context.now()));
    }
  }

  private boolean isShown() {
    return context.model.screen() == Screen.LIST
        && context.model.layout().preview() != Layout.Preview.NONE;
  }

  void tick() {
    PreviewState peek = context.peek();
    if (peek != null
        && !peek.asked()
        && context.model.link().kind() == LinkState.Kind.LIVE
        && context.now().since(peek.sinceNanos()).compareTo(REST) >= 0
        && context.model.subject().filter(ticket -> ticket.commentCount() > 0).isPresent()) {
      context.peek(peek.asked(true));
      TicketId ticket = peek.view().ticket();
      context.effect(new Effect.Fetch(context.pend(PendingKind.FETCH, ticket, null), ticket, null));
    }
  }
}
