package org.lesbillets.cli.tui.update;

import java.util.Arrays;
import java.util.List;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.Layout;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.Input.ChoiceMenu;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt.Purpose;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/** The keys of the list: motions, views, filter, order, freeze. On the thread of the view. */
record ListKeys(UpdateContext context) {
  private static final List<ChoiceMenu.Option> ORDERS =
      Arrays.stream(TicketOrder.Field.values())
          .map(field -> ChoiceMenu.Option.of(field.wireName()))
          .toList();

  void act(Action action) {
    if (!moves(action) && !shows(action)) {
      new TicketKeys(context).act(action);
    }
  }

  private boolean moves(Action action) {
    if (!action.scrolls()) {
      return false;
    }
    int page = Math.max(1, context.list().height() - 1);
    context.list().moveTo(action.from(Math.max(0, context.list().selectedIndex()), page));
    if (action == Action.FIRST || action == Action.LAST) {
      // New rows in between count as seen.
      context.list().see();
    }
    return true;
  }

  private boolean shows(Action action) {
    if (action.view() >= 0) {
      view(action.view());
      return true;
    }
    switch (action) {
      case OPEN ->
          context
              .model()
              .subject()
              .ifPresentOrElse(
                  new DetailUpdates(context)::open,
                  () -> context.refuse("There is no ticket here to open."));
      case QUIT -> context.effect(Effect.LoopCommand.QUIT);
      case FILTER -> filter();
      case CLEAR -> clear();
      case SORT ->
          new EditorUpdates(context)
              .open(ChoiceMenu.ofList(ChoiceMenu.Question.SORT, "sort by", ORDERS));
      case REVERSE -> reverse();
      case FREEZE -> freeze();
      case PREVIEW -> preview();
      case OPENING_VIEW -> choose(context.settings.start());
      case ALL ->
          choose(new Filter(TicketQuery.ALL, context.listing.filters().wanted().order(), "all"));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void filter() {
    context.listing = context.listing.remembering();
    String text = context.listing.filters().wanted().query().text().strip();
    // The next word is a new term.
    new EditorUpdates(context)
        .open(LinePrompt.of(Purpose.FILTER, text.isEmpty() ? text : text + " ", null));
  }

  private void preview() {
    context.view = context.view.withPreview(!context.view.preview());
    context.layOut();
    if (Layout.of(context.view.columns(), context.view.rows(), true).preview()
        == Layout.Preview.NONE) {
      context.done(
          context.view.preview()
              ? "The preview is on, where there is room for it: " + Layout.room() + "."
              : "The preview is off.");
    }
  }

  /** Clears the status line, else the typed filter. */
  private void clear() {
    StatusLine.Kind said = context.status().kind();
    context.list().see();
    context.status(StatusLine.NOTHING);
    boolean quiet = said == StatusLine.Kind.NOTHING || said == StatusLine.Kind.HAPPENED;
    if (quiet
        && !context
            .listing
            .filters()
            .wanted()
            .query()
            .equals(context.listing.filters().view().query())) {
      new ListUpdates(context)
          .show(
              context
                  .listing
                  .filters()
                  .view()
                  .withOrder(context.listing.filters().wanted().order()));
    }
  }

  private void reverse() {
    TicketOrder order = context.listing.filters().wanted().order();
    new ListUpdates(context)
        .show(
            context
                .listing
                .filters()
                .wanted()
                .withOrder(new TicketOrder(order.field(), !order.descending())));
  }

  private void freeze() {
    new ListUpdates(context).freeze();
    context.done(
        context.listing.frozen()
            ? "The list stands still; the desk does not. The same key lets it go on."
            : "The list goes on.");
  }

  private void view(int place) {
    if (place < context.settings.views().size()) {
      choose(context.settings.views().get(place));
    } else {
      context.refuse(
          "There is no view " + (place + 1) + ": put one into config.toml, under [[tui.views]].");
    }
  }

  private void choose(Filter filter) {
    context.listing = context.listing.chosen(filter);
    if (context.status().kind() == StatusLine.Kind.REFUSED) {
      context.status(StatusLine.NOTHING);
    }
    new ListUpdates(context).show(filter);
  }
}
