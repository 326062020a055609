package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.tui.state.LockSnapshot;
import org.lesbillets.cli.tui.state.editor.Input.ChoiceMenu;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt.Purpose;
import org.lesbillets.cli.tui.text.LockAdvice;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;

/**
 * The keys that lock and unlock a ticket, and the questions before a lock is taken away. On the
 * thread of the view.
 */
record LockKeys(UpdateContext context) {
  private static final List<ChoiceMenu.Option> YES_OR_NO =
      List.of(ChoiceMenu.Option.of("yes"), ChoiceMenu.Option.of("no"));

  void lock(Ticket ticket) {
    switch (context.model().standing(ticket)) {
      case ELSEWHERE -> confirm(ticket, null);
      case HERE -> {
        // A lock taken for a form, or requested a moment ago, is not renewed.
        Long token = context.pending.locks().tokenByHand(ticket.id());
        boolean held = token != null && token == ticket.lock().token();
        lock(ticket, held ? token : null, held ? "renewing the lock of #" : "locking #");
      }
      case FREE, OTHERS -> lock(ticket, null, "locking #");
    }
  }

  /**
   * @param token of the lock to renew; null for a new one
   */
  private void lock(Ticket ticket, Long token, String doing) {
    context.change(
        ticket,
        doing + ticket.number(),
        new ClientMessage.LockTicket(TicketRef.of(ticket.id()), LockWaitUpdates.TERMS)
            .renewing(token));
  }

  void unlock(Ticket ticket) {
    if (context.model().isWaitingFor(ticket.id())) {
      new LockWaitUpdates(context).leave(ticket);
      return;
    }
    switch (context.model().standing(ticket)) {
      case FREE ->
          context.done(
              "Nobody holds the lock of #" + ticket.number() + ".", LockSnapshot.of(ticket));
      case HERE, ELSEWHERE ->
          context.change(
              ticket,
              "unlocking #" + ticket.number(),
              new ClientMessage.UnlockTicket(TicketRef.of(ticket.id()), null));
      case OTHERS -> {
        String ways = new LockAdvice(context.model()).ofOthers(ticket);
        context.refuse(
            "#"
                + ticket.number()
                + " is locked by "
                + ticket.lock().holder()
                + (ways.isEmpty() ? "." : ": " + ways + "."),
            LockSnapshot.of(ticket));
      }
    }
  }

  void askToSteal(Ticket ticket) {
    switch (context.model().standing(ticket)) {
      case FREE ->
          context.refuse(
              "Nobody holds the lock of #" + ticket.number() + ": just lock it.",
              LockSnapshot.of(ticket));
      case HERE ->
          context.done(new LockAdvice(context.model()).here(ticket), LockSnapshot.of(ticket));
      case ELSEWHERE -> confirm(ticket, null);
      case OTHERS -> new EditorUpdates(context).open(LinePrompt.of(Purpose.REASON, "", ticket));
    }
  }

  /**
   * Asks for confirmation before a lock is broken.
   *
   * @param reason null for a lock of the same agent
   */
  void confirm(Ticket ticket, String reason) {
    if (reason == null) {
      askToTakeOver(ChoiceMenu.Question.STEAL, ticket);
    } else {
      String from = ticket.lock().holder().value();
      String label = "take the lock of #" + ticket.number() + " from " + from + "?";
      new EditorUpdates(context)
          .open(new ChoiceMenu(ChoiceMenu.Question.STEAL, label, YES_OR_NO, ticket, reason));
    }
  }

  /** Asks for confirmation before a lock is taken over from another program of the same agent. */
  void askToTakeOver(ChoiceMenu.Question question, Ticket ticket) {
    String label =
        "take over your lock of #"
            + ticket.number()
            + " ("
            + LockAdvice.where(ticket.lock())
            + ")?";
    new EditorUpdates(context).open(new ChoiceMenu(question, label, YES_OR_NO, ticket, null));
  }

  /**
   * Breaks the lock that was shown, and no later one: the request names its token
   * (compare-and-set).
   */
  void steal(Ticket ticket, String reason) {
    context.change(ticket, "taking the lock of #" + ticket.number(), stealing(ticket, reason));
  }

  static ClientMessage.LockTicket stealing(Ticket ticket, String reason) {
    LockBreak seen = new LockBreak(ticket.lock().token(), reason);
    return new ClientMessage.LockTicket(TicketRef.of(ticket.id()), LockWaitUpdates.TERMS)
        .stealing(seen);
  }
}
