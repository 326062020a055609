package org.lesbillets.cli.tui.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.state.LockStanding;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.rules.TicketRules;

/**
 * The footer: the keys of the present context with a word for each, the most important first, as
 * many as fit. A key whose action the state of the ticket or its lock would refuse is not offered.
 * Stateless.
 */
final class KeyHints {
  private static final int GAP = 2;

  /** Never dropped: the help lists all the others. */
  private static final Set<Action> ALWAYS = Set.of(Action.HELP, Action.HELP_WHILE_TYPING);

  private KeyHints() {}

  static void draw(UiModel model, Area area) {
    LineWriter writer = area.writer(0).at(1);
    for (Action action : fitting(model, area)) {
      writer
          .put(key(model.settings().keys(), action), Styles.STRONG)
          .put(" " + words(model, action), Styles.QUIET)
          .space(GAP, Styles.PLAIN);
    }
  }

  private static List<Action> fitting(UiModel model, Area area) {
    KeyMap keys = model.settings().keys();
    List<Action> all =
        keys.actions(model.keyContext()).stream()
            .filter(action -> words(model, action) != null)
            .toList();
    int reserved =
        all.stream().filter(ALWAYS::contains).mapToInt(action -> width(model, action)).sum();
    int room = area.columns() + GAP - 2 - reserved;
    List<Action> fitting = new ArrayList<>();
    for (Action action : all) {
      if (ALWAYS.contains(action)) {
        fitting.add(action);
      } else {
        room -= width(model, action);
        if (room >= 0) {
          fitting.add(action);
        }
      }
    }
    return fitting;
  }

  private static int width(UiModel model, Action action) {
    return CellText.width(key(model.settings().keys(), action) + " " + words(model, action)) + GAP;
  }

  private static String key(KeyMap keys, Action action) {
    return keys.keys(action).get(0).spelling();
  }

  /** The word of an action; null when it is not offered. */
  private static String words(UiModel model, Action action) {
    return ALWAYS.contains(action) ? "help" : label(model, action);
  }

  /** The word of an action in the present state; null when it would do nothing, or has no word. */
  private static String label(UiModel model, Action action) {
    if (model.keyContext() == KeyContext.LINE) {
      return ofLine((LinePrompt) model.input(), action);
    }
    if (model.keyContext() != KeyContext.LIST && model.keyContext() != KeyContext.DETAIL) {
      return action.brief();
    }
    Ticket ticket = model.subject().orElse(null);
    return switch (action) {
      case OPEN, COMMENT -> ticket == null ? null : action.brief();
      case EDIT, ASSIGN -> isFree(ticket, model) ? action.brief() : null;
      case TAKE -> isFree(ticket, model) && !isMine(ticket, model) ? action.brief() : null;
      case STATUS -> isFree(ticket, model) ? (ticket.isOpen() ? action.brief() : "reopen") : null;
      case LOCK, UNLOCK, WAIT, STEAL -> ticket == null ? null : ofLock(ticket, model, action);
      case FREEZE -> model.listing().frozen() ? "go on" : action.brief();
      default -> action.brief();
    };
  }

  /** Whether the server's rules allow a change of the ticket that needs the lock. */
  private static boolean isFree(Ticket ticket, UiModel model) {
    return ticket != null && !TicketRules.isHeldByAnother(ticket, model.me());
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
