package org.lesbillets.cli.tui.render;

import java.time.Duration;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.cli.tui.state.list.ListRows;
import org.lesbillets.cli.tui.state.list.LiveTickets;

/**
 * The row below the header: the filter of the list, its order, the progress of loading, and the
 * number of tickets. Stateless.
 */
final class FilterLine {
  private FilterLine() {}

  static void draw(UiModel model, Area area) {
    Filter filter = model.filter();
    FlexLine line = new FlexLine(area);
    line.flexible(name(filter), Styles.STRONG, 9, 5);
    line.flexible(filter.query().text(), Styles.PLAIN, 8, 4);
    line.left(order(filter, area.glyphs()), Styles.QUIET, 3);
    progress(model, line);
    arrivals(model.list(), area.glyphs(), line);
    line.right(count(model.list()), Styles.PLAIN, 7).draw(Styles.PLAIN);
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

  static void progress(UiModel model, FlexLine line) {
    LiveTickets tickets = model.tickets();
    if (model.listing().isFiltering()) {
      line.right("finding…", Styles.CAUTION, 10);
    }
    if (tickets.isLoading()) {
      String of = tickets.total() > 0 ? " " + tickets.loaded() + " of " + tickets.total() : "…";
      line.right("loading" + of, Styles.CAUTION, 11);
    }
    if (model.link().isStale(model.now()) && tickets.isComplete()) {
      long seconds = Math.max(0, model.now().since(model.link().heardNanos()).toSeconds());
      line.right(
          "as it was " + HumanTime.length(Duration.ofSeconds(seconds)) + " ago",
          Styles.CAUTION.withBold(),
          12);
    }
  }

  private static void arrivals(ListRows list, Glyphs glyphs, FlexLine line) {
    if (list.arrivedAbove() > 0) {
      line.right(glyphs.up() + " +" + list.arrivedAbove() + " new above", Styles.GOOD, 9);
    }
    if (list.arrivedBelow() > 0) {
      line.right(glyphs.down() + " +" + list.arrivedBelow() + " new below", Styles.GOOD, 9);
    }
  }

  private static String count(ListRows list) {
    if (list.size() == 0) {
      return "no tickets";
    }
    return (list.selectedIndex() + 1)
        + " of "
        + list.size()
        + (list.size() == 1 ? " ticket" : " tickets");
  }
}
