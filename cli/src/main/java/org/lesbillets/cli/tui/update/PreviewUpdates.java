package org.lesbillets.cli.tui.update;

import java.time.Duration;
import org.lesbillets.cli.tui.state.Layout;
import org.lesbillets.cli.tui.state.Link;
import org.lesbillets.cli.tui.state.Peek;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.model.TicketId;

/** Fetches the comments of the chosen ticket for the preview, once the cursor rests on it. */
final class PreviewUpdates {
  /** Tickets one only passes by are not asked for. */
  private static final Duration REST = Duration.ofMillis(150);

  private final UpdateContext context;
  private final UiModel model;

  PreviewUpdates(UpdateContext context) {
    this.context = context;
    this.model = context.model;
  }

  /** Follows the cursor; after every event. */
  void follow() {
    TicketId chosen =
        isShown() ? model.list.selected().map(row -> row.shown().id()).orElse(null) : null;
    if (chosen == null) {
      model.peek = null;
    } else if (model.peek == null || !model.peek.isOf(chosen)) {
      model.peek = Peek.of(chosen, model.now);
    }
  }

  private boolean isShown() {
    return model.screen == Screen.LIST && model.layout().preview() != Layout.Preview.NONE;
  }

  void tick() {
    Peek peek = model.peek;
    if (peek != null
        && !peek.asked()
        && model.link.kind() == Link.Kind.LIVE
        && model.now.since(peek.sinceNanos()).compareTo(REST) >= 0
        && model.subject().filter(ticket -> ticket.commentCount() > 0).isPresent()) {
      model.peek = peek.asked(true);
      TicketId ticket = peek.view().ticket();
      context.effect(
          new Effect.Fetch(context.pend(PendingKind.FETCH, ticket, null, null), ticket, null));
    }
  }
}
