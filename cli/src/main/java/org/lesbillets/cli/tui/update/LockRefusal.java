package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.LockSnapshot;
import org.lesbillets.cli.tui.state.LockStanding;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.text.LockAdvice;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.message.RejectionCode;

/**
 * A rejection because of a lock, as this view sees that lock. Immutable.
 *
 * @param ticket with the blocking lock
 * @param own the token of that lock if this view took it by hand; else null
 * @param standing whose lock it is; FREE when it had ended before the rejection arrived
 */
record LockRefusal(Ticket ticket, Long own, LockStanding standing) {
  private static final int NOTE = 30;

  /** The blocking lock; null if the rejection is about no lock, or about an unknown one. */
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
    boolean over = new LockSnapshot(known.id(), lock.token()).isOver(known);
    Ticket locked = over ? known : known.withLock(lock);
    return new LockRefusal(locked, own, model.standing(locked));
  }

  LockSnapshot seen() {
    return LockSnapshot.of(ticket);
  }

  /** The sentence for the status line. */
  String sentence(UiModel model, String reason) {
    LockAdvice advice = new LockAdvice(model);
    return switch (standing) {
      case FREE -> "#" + ticket.number() + " was locked until just now: try again.";
      case HERE -> advice.here(ticket);
      case ELSEWHERE -> advice.elsewhere(ticket, ticket.lock());
      case OTHERS -> advised(reason, advice.ofOthers(ticket));
    };
  }

  /**
   * The reason and the keys to act on it; a long note is cut, since the end must fit on the screen.
   */
  private String advised(String reason, String ways) {
    String note = ticket.lock().note();
    String brief =
        note == null || note.length() <= NOTE
            ? reason
            : reason.replace(note, CellText.cut(note, NOTE, "…"));
    String bare = brief.endsWith(".") ? brief.substring(0, brief.length() - 1) : brief;
    return ways.isEmpty() ? reason : bare + "; " + ways + ".";
  }
}
