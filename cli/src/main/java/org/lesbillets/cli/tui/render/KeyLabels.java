package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.cli.tui.state.LinePrompt;
import org.lesbillets.cli.tui.state.LockStanding;
import org.lesbillets.cli.tui.update.UiModel;
import org.lesbillets.model.Ticket;

/** What a key does to the ticket one is on, in a word: nothing is offered that would be refused. */
final class KeyLabels {
  private KeyLabels() {}

  /** The word for the footer; null when it does nothing now, or has no place there. */
  static String of(UiModel model, Action action) {
    if (model.place() == KeyContext.LINE) {
      return ofLine((LinePrompt) model.input(), action);
    }
    if (model.place() != KeyContext.LIST && model.place() != KeyContext.DETAIL) {
      return action.brief();
    }
    Ticket ticket = model.subject().orElse(null);
    return switch (action) {
      case OPEN, COMMENT -> ticket == null ? null : action.brief();
      case EDIT, ASSIGN -> isFree(ticket, model) ? action.brief() : null;
      case TAKE -> isFree(ticket, model) && !isMine(ticket, model) ? action.brief() : null;
      case STATUS -> isFree(ticket, model) ? (ticket.isOpen() ? action.brief() : "reopen") : null;
      case LOCK, UNLOCK, WAIT, STEAL -> ticket == null ? null : ofLock(ticket, model, action);
      case FREEZE -> model.isFrozen() ? "go on" : action.brief();
      default -> action.brief();
    };
  }

  /** Whether the ticket may be changed: no other agent has locked it. */
  private static boolean isFree(Ticket ticket, UiModel model) {
    return ticket != null && model.standing(ticket) != LockStanding.OTHERS;
  }

  private static boolean isMine(Ticket ticket, UiModel model) {
    return model.me() != null && model.me().equals(ticket.content().assignee());
  }

  private static String ofLock(Ticket ticket, UiModel model, Action action) {
    boolean waiting = model.isWaitingFor(ticket.id());
    LockStanding standing = model.standing(ticket);
    return switch (action) {
      case LOCK ->
          standing == LockStanding.ELSEWHERE
              ? "take over"
              : standing == LockStanding.FREE ? action.brief() : null;
      case UNLOCK -> {
        boolean mine = standing == LockStanding.HERE || standing == LockStanding.ELSEWHERE;
        yield waiting ? "leave line" : mine ? action.brief() : null;
      }
      case WAIT -> standing == LockStanding.OTHERS && !waiting ? action.brief() : null;
      default -> standing == LockStanding.OTHERS ? action.brief() : null;
    };
  }

  private static String ofLine(LinePrompt prompt, Action action) {
    boolean free = prompt.purpose() == LinePrompt.Purpose.REASON;
    return action == Action.COMPLETE && free ? null : action.brief();
  }
}
