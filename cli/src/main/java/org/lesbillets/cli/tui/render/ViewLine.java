package org.lesbillets.cli.tui.render;

import java.time.Duration;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.state.Filter;
import org.lesbillets.cli.tui.state.LiveTickets;
import org.lesbillets.cli.tui.state.TicketRows;
import org.lesbillets.cli.tui.update.UiModel;

/** The line below the top: which tickets the list shows, in what order, and how many there are. */
final class ViewLine {
  private ViewLine() {}

  static void draw(UiModel model, Area area) {
    Filter filter = model.filter();
    Pieces pieces = new Pieces(area);
    pieces.flexible(name(filter), Looks.STRONG, 9, 5);
    pieces.flexible(filter.query().text(), Looks.PLAIN, 8, 4);
    pieces.left(order(filter, area.glyphs()), Looks.QUIET, 3);
    progress(model, pieces);
    arrivals(model.list(), area.glyphs(), pieces);
    pieces.right(count(model.list()), Looks.PLAIN, 7).draw(Looks.PLAIN);
  }

  private static String name(Filter filter) {
    if (filter.name() == null) {
      return filter.query().isAll() ? "all tickets" : "";
    }
    return filter.name();
  }

  private static String order(Filter filter, Glyphs glyphs) {
    String direction = filter.order().descending() ? glyphs.down() : glyphs.up();
    return "by " + filter.order().field().wireName() + " " + direction;
  }

  static void progress(UiModel model, Pieces pieces) {
    LiveTickets tickets = model.tickets();
    if (model.isSifting()) {
      pieces.right("finding…", Looks.CAUTION, 10);
    }
    if (tickets.isLoading()) {
      String of = tickets.total() > 0 ? " " + tickets.loaded() + " of " + tickets.total() : "…";
      pieces.right("loading" + of, Looks.CAUTION, 11);
    }
    if (model.link().isStale(model.now()) && tickets.isComplete()) {
      long seconds = Math.max(0, model.now().since(model.link().heardNanos()).toSeconds());
      pieces.right(
          "as it was " + HumanTime.length(Duration.ofSeconds(seconds)) + " ago",
          Looks.CAUTION.withBold(),
          12);
    }
  }

  private static void arrivals(TicketRows list, Glyphs glyphs, Pieces pieces) {
    if (list.arrivedAbove() > 0) {
      pieces.right(glyphs.up() + " +" + list.arrivedAbove() + " new above", Looks.GOOD, 9);
    }
    if (list.arrivedBelow() > 0) {
      pieces.right(glyphs.down() + " +" + list.arrivedBelow() + " new below", Looks.GOOD, 9);
    }
  }

  private static String count(TicketRows list) {
    if (list.size() == 0) {
      return "no tickets";
    }
    return (list.selectedIndex() + 1)
        + " of "
        + list.size()
        + (list.size() == 1 ? " ticket" : " tickets");
  }
}
