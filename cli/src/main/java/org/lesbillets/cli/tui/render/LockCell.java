package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.list.LeaseDeadline;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;

/**
 * The lock of a ticket as the list shows it: holder, age, time left. One's own lock, another's, and
 * one about to expire differ by sign and word, not by colour alone. Immutable; any thread.
 *
 * @param held its age, or a word when its state matters more
 */
record LockCell(Mark mark, String holder, String held, String left, Style style) {
  static final LockCell NONE = new LockCell(null, "", "", "", Styles.PLAIN);

  private static final LockCell CLOSED = new LockCell(Mark.CLOSED, "closed", "", "", Styles.QUIET);

  static LockCell of(Ticket ticket, UiModel model, HumanTime time) {
    TicketLock lock = ticket.lock();
    if (lock == null) {
      return ticket.isOpen() ? NONE : CLOSED;
    }
    LeaseDeadline end = model.tickets().lease(ticket.id()).orElse(null);
    boolean mine = lock.holder().equals(model.me());
    boolean waiting = !mine && model.isWaitingFor(ticket.id());
    boolean ending = end != null && end.isEnding(model.now());
    String held = ending ? "ends" : waiting ? "wait" : time.age(lock.since());
    String left = end == null ? "" : end.countdown(model.now());
    return new LockCell(
        mine ? Mark.MINE : waiting ? Mark.WAITING : Mark.OTHERS,
        mine ? "you" : lock.holder().value(),
        held,
        ending ? "!" + left : left,
        ending ? Styles.ALARM : mine ? Styles.MINE : waiting ? Styles.STRONG : Styles.CAUTION);
  }
}
