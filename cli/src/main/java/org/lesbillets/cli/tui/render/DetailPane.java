package org.lesbillets.cli.tui.render;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.list.LeaseDeadline;
import org.lesbillets.cli.tui.state.list.ListRows;
import org.lesbillets.cli.tui.text.DetailText;
import org.lesbillets.model.Ticket;

/**
 * The pane of the ticket being read, and the status line above it. Caches the wrapped lines of its
 * last frame: a long text is wrapped once a second, when its ages change, and not for every frame.
 * Confined to the thread that draws.
 */
final class DetailPane {
  private DetailText made;
  private int madeColumns;
  private List<TextLine> lines = List.of();

  /**
   * @param above the row above the pane
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
    LeaseDeadline lease = model.tickets().lease(ticket.id()).orElse(null);
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
        .left(lockWords(ticket, model, above.glyphs()), lockStyle(ticket, model), 9)
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

  /** Whether two texts have equal lines; the times in them have a resolution of one second. */
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

  private static String place(ListRows list, Ticket ticket) {
    boolean chosen =
        list.selected().filter(row -> row.shown().id().equals(ticket.id())).isPresent();
    return chosen ? "ticket " + (list.selectedIndex() + 1) + " of " + list.size() : "";
  }

  private static String lockWords(Ticket ticket, UiModel model, Glyphs glyphs) {
    if (!ticket.isLocked()) {
      return model.isWaitingFor(ticket.id()) ? "you are in line for its lock" : "not locked";
    }
    boolean mine = ticket.lock().holder().equals(model.me());
    boolean waiting = !mine && model.isWaitingFor(ticket.id());
    Mark mark = mine ? Mark.MINE : waiting ? Mark.WAITING : Mark.OTHERS;
    String who = mine ? "you" : ticket.lock().holder().value();
    LeaseDeadline end = model.tickets().lease(ticket.id()).orElse(null);
    String left = end == null ? "" : ", " + end.countdown(model.now()) + " left";
    String ends = isEnding(end, model) ? ", ends soon" : "";
    String line = waiting ? ", you are in line" : "";
    return glyphs.mark(mark) + " locked by " + who + left + ends + line;
  }

  private static Style lockStyle(Ticket ticket, UiModel model) {
    if (!ticket.isLocked()) {
      return Styles.QUIET;
    }
    if (isEnding(model.tickets().lease(ticket.id()).orElse(null), model)) {
      return Styles.ALARM;
    }
    return ticket.lock().holder().equals(model.me()) ? Styles.MINE : Styles.CAUTION;
  }

  private static boolean isEnding(LeaseDeadline end, UiModel model) {
    return end != null && end.isEnding(model.now());
  }
}
