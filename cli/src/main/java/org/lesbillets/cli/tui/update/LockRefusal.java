package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.LockSeen;
import org.lesbillets.cli.tui.state.LockStanding;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.message.RejectionCode;

/**
 * A refusal because of the lock of a ticket, as this view sees it.
 *
 * @param ticket with the lock in the way
 * @param own the token of the lock in the way, if this view took it by hand; else null
 * @param standing whose lock it is; FREE when it was over before it was refused
 */
record LockRefusal(Ticket ticket, Long own, LockStanding standing) {
  private static final int NOTE = 30;

  /** What is in the way; null when that is no lock, or one that nothing is known of. */
  static LockRefusal of(UiModel model, PendingEffect asked, EffectResult.Refused event) {
    Ticket known =
        asked.ticket() == null ? null : model.tickets().find(asked.ticket()).orElse(null);
    if (event.code() != RejectionCode.LOCKED || known == null) {
      return null;
    }
    Long own = model.pending().locks().tokenByHand(known.id());
    TicketLock lock = event.lock() == null ? known.lock() : event.lock();
    if (lock == null) {
      return own == null ? null : new LockRefusal(known, own, LockStanding.HERE);
    }
    boolean over = new LockSeen(known.id(), lock.token()).isOver(known);
    Ticket locked = over ? known : known.withLock(lock);
    return new LockRefusal(locked, own, model.standing(locked));
  }

  LockSeen seen() {
    return LockSeen.of(ticket);
  }

  /** What to say on the list. */
  String sentence(UiModel model, String told) {
    LockAdvice advice = new LockAdvice(model);
    return switch (standing) {
      case FREE -> "#" + ticket.number() + " was locked until just now: try again.";
      case HERE -> advice.here(ticket);
      case ELSEWHERE -> advice.elsewhere(ticket, ticket.lock());
      case OTHERS -> advised(told, advice.ofOthers(ticket));
    };
  }

  /** With the ways out at its end, which is to be seen, however long the note on the lock is. */
  private String advised(String told, String ways) {
    String note = ticket.lock().note();
    String brief =
        note == null || note.length() <= NOTE
            ? told
            : told.replace(note, CellText.cut(note, NOTE, "…"));
    String bare = brief.endsWith(".") ? brief.substring(0, brief.length() - 1) : brief;
    return ways.isEmpty() ? told : bare + "; " + ways + ".";
  }
}
