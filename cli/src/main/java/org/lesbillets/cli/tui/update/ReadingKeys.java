package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.Pager;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.text.HelpLines;

/**
 * The keys where a text is read: on the detail screen, on the overview, in the pager. On the thread
 * of the view.
 */
record ReadingKeys(UpdateContext context) {
  void detail(Action action) {
    if (action.scrolls()) {
      new DetailUpdates(context).scrollTo(action.from(context.detail.top(), page()));
      return;
    }
    switch (action) {
      case BACK -> back();
      case NEXT_TICKET -> turn(1);
      case PREVIOUS_TICKET -> turn(-1);
      default -> new TicketKeys(context).act(action);
    }
  }

  private int page() {
    return Math.max(1, context.view.layout().bodyRows() - 1);
  }

  void overview(Action action) {
    if (action == Action.BACK || action == Action.LEAVE_OVERVIEW) {
      back();
    }
  }

  private void back() {
    boolean toTicket = context.view.screen() == Screen.OVERVIEW && context.detail != null;
    context.view = context.view.with(toTicket ? Screen.DETAIL : Screen.LIST);
    if (!toTicket) {
      context.detail = null;
    }
  }

  /** Opens the next or the previous ticket of the list. */
  private void turn(int by) {
    context.list().select(context.detail.ticket());
    context.list().move(by);
    context
        .list()
        .selected()
        .map(row -> row.shown())
        .filter(ticket -> !ticket.id().equals(context.detail.ticket()))
        .ifPresent(ticket -> new DetailUpdates(context).open(ticket));
  }

  void pager(Action action) {
    Pager pager = context.view.pager();
    if (action == Action.BACK || action == Action.PUT_AWAY) {
      context.view = context.view.with((Pager) null);
    } else if (action.scrolls()) {
      int last = Math.max(0, pager.lines().size() - context.view.layout().bodyRows());
      long line = Math.max(0, Math.min(action.from(pager.top(), page()), last));
      context.view = context.view.with(pager.at((int) line));
    }
  }

  /** Shows the help in the pager. */
  void help() {
    UiSettings settings = context.settings;
    List<TextLine> lines = HelpLines.of(settings.keys(), settings.start(), settings.views());
    context.view = context.view.with(new Pager(Pager.Kind.HELP, "Keys", lines, 0));
  }
}
