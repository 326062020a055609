package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.Countdown;
import org.lesbillets.cli.tui.state.LeaseEnd;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.update.UiModel;
import org.lesbillets.model.Ticket;

/** How a ticket's lock stands, in a few words. */
final class LockSummary {
  private LockSummary() {}

  static String of(Ticket ticket, UiModel model, Glyphs glyphs) {
    if (!ticket.isLocked()) {
      return model.isWaitingFor(ticket.id()) ? "you are in line for its lock" : "not locked";
    }
    boolean mine = ticket.lock().holder().equals(model.me());
    boolean waiting = !mine && model.isWaitingFor(ticket.id());
    Mark mark = mine ? Mark.MINE : waiting ? Mark.WAITING : Mark.OTHERS;
    String who = mine ? "you" : ticket.lock().holder().value();
    LeaseEnd end = model.tickets().lease(ticket.id()).orElse(null);
    String left = end == null ? "" : ", " + Countdown.of(end.left(model.now())) + " left";
    String ends = isEnding(end, model) ? ", ends soon" : "";
    String line = waiting ? ", you are in line" : "";
    return glyphs.mark(mark) + " locked by " + who + left + ends + line;
  }

  static Style style(Ticket ticket, UiModel model) {
    if (!ticket.isLocked()) {
      return Styles.QUIET;
    }
    if (isEnding(model.tickets().lease(ticket.id()).orElse(null), model)) {
      return Styles.ALARM;
    }
    return ticket.lock().holder().equals(model.me()) ? Styles.MINE : Styles.CAUTION;
  }

  private static boolean isEnding(LeaseEnd end, UiModel model) {
    return end != null && end.isEnding(model.now());
  }
}
