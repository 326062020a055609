package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;

/** The keys of the detail screen and of the overview. On the thread of the view. */
record DetailKeys(UpdateContext context) {
  void act(Action action) {
    int page = Math.max(1, context.model.layout().bodyRows() - 1);
    DetailUpdates details = new DetailUpdates(context);
    switch (action) {
      case BACK -> back();
      case NEXT -> details.scroll(1);
      case PREVIOUS -> details.scroll(-1);
      case PAGE_DOWN, PAGE_ON -> details.scroll(page);
      case PAGE_UP -> details.scroll(-page);
      case HALF_DOWN -> details.scroll(Math.max(1, page / 2));
      case HALF_UP -> details.scroll(-Math.max(1, page / 2));
      case FIRST -> details.scrollTo(0);
      case LAST -> details.scrollTo(Integer.MAX_VALUE);
      case NEXT_TICKET -> turn(1);
      case PREVIOUS_TICKET -> turn(-1);
      case OVERVIEW -> context.view(context.view().with(Screen.OVERVIEW));
      case COMMAND ->
          new EditorUpdates(context).open(LinePrompt.of(LinePrompt.Purpose.COMMAND, "", null));
      default -> new TicketKeys(context).act(action);
    }
  }

  void overview(Action action) {
    switch (action) {
      case BACK, LEAVE_OVERVIEW -> back();
      case COMMAND ->
          new EditorUpdates(context).open(LinePrompt.of(LinePrompt.Purpose.COMMAND, "", null));
      default -> {}
    }
  }

  private void back() {
    boolean toTicket = context.model.screen() == Screen.OVERVIEW && context.detail() != null;
    context.view(context.view().with(toTicket ? Screen.DETAIL : Screen.LIST));
    if (!toTicket) {
      context.detail(null);
    }
  }

  private void turn(int by) {
    context.list().select(context.detail().ticket());
    context.list().move(by);
    context
        .list()
        .selected()
        .map(row -> row.shown())
        .filter(ticket -> !ticket.id().equals(context.detail().ticket()))
        .ifPresent(ticket -> new DetailUpdates(context).open(ticket));
  }
}
