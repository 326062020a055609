package org.lesbillets.cli.tui.render;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.LeaseEnd;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.TicketRows;
import org.lesbillets.cli.tui.text.DetailText;
import org.lesbillets.cli.tui.update.UiModel;
import org.lesbillets.model.Ticket;

/**
 * The ticket that is read, and the line above it that says how it stands and how far one is. Keeps
 * the lines it made last: those of a long text are made once a second, not for every frame. One
 * thread draws.
 */
final class DetailPane {
  private DetailText made;
  private int madeColumns;
  private List<TextLine> lines = List.of();

  /**
   * @param above the line above it
   */
  void draw(UiModel model, Area above, Area area) {
    Optional<Ticket> subject = model.subject();
    if (subject.isEmpty() || model.detail() == null) {
      new FlexLine(above).left("Ticket", Styles.STRONG, FlexLine.KEPT).draw(Styles.PLAIN);
      area.put(1, 1, "The server does not know this ticket any more.", Styles.CAUTION);
      area.point(1, 1);
      return;
    }
    Ticket ticket = subject.get();
    LeaseEnd lease = model.tickets().lease(ticket.id()).orElse(null);
    Area inside = area.inset(1);
    make(
        new DetailText(ticket, model.detail(), lease, model.now(), model.settings().zone()),
        inside.columns());
    int top = LinesPane.top(model.detail().top(), lines.size(), area.rows());
    LinesPane.draw(lines, top, inside);
    inside.point(0, 0);
    new FlexLine(above)
        .left("#" + ticket.number(), Styles.STRONG, FlexLine.KEPT)
        .left(ticket.content().status().wireName(), Styles.PLAIN, 8)
        .left(LockSummary.of(ticket, model, above.glyphs()), LockSummary.style(ticket, model), 9)
        .left(place(model.list(), ticket), Styles.QUIET, 2)
        .right(LinesPane.part(top, lines.size(), area.rows()), Styles.QUIET, 5)
        .draw(Styles.PLAIN);
  }

  private void make(DetailText text, int columns) {
    if (made == null || madeColumns != columns || !sameLines(made, text)) {
      lines = text.lines(Math.max(1, columns));
      made = text;
      madeColumns = columns;
    }
  }

  /** Whether two texts have the same lines; the times in them are told to the second. */
  private static boolean sameLines(DetailText one, DetailText other) {
    return one.ticket() == other.ticket()
        && sameView(one.view(), other.view())
        && Objects.equals(one.lease(), other.lease())
        && one.now().wall().getEpochSecond() == other.now().wall().getEpochSecond()
        && one.zone().equals(other.zone());
  }

  private static boolean sameView(DetailView one, DetailView other) {
    return one.comments() == other.comments()
        && one.history() == other.history()
        && one.loading() == other.loading()
        && one.more() == other.more()
        && Objects.equals(one.trouble(), other.trouble());
  }

  private static String place(TicketRows list, Ticket ticket) {
    boolean chosen =
        list.selected().filter(row -> row.shown().id().equals(ticket.id())).isPresent();
    return chosen ? "ticket " + (list.selectedIndex() + 1) + " of " + list.size() : "";
  }
}
