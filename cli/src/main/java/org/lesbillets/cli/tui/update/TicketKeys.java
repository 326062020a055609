package org.lesbillets.cli.tui.update;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.LockSeen;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.editor.ChoiceMenu;
import org.lesbillets.cli.tui.state.editor.CommentBox;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.LinePrompt;
import org.lesbillets.cli.tui.state.editor.LinePrompt.Purpose;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.FieldText;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;

/** The keys that do something to a ticket, on the list and where one is read. */
final class TicketKeys {
  private static final LockTerms TERMS = new LockTerms(null, null, AsyncTicketService.CLIENT);
  private static final List<ChoiceMenu.Option> PRIORITIES =
      Arrays.stream(Priority.values())
          .map(priority -> ChoiceMenu.Option.of(priority.wireName()))
          .toList();
  private static final List<ChoiceMenu.Option> YES_OR_NO =
      List.of(ChoiceMenu.Option.of("yes"), ChoiceMenu.Option.of("no"));

  private final UpdateContext context;

  TicketKeys(UpdateContext context) {
    this.context = context;
  }

  void act(Action action) {
    if (action == Action.NEW) {
      new EditorUpdates(context).openWithDraft(TicketForm.blank(), new DraftKey.OfNew());
      return;
    }
    if (action == Action.CLAIM) {
      claim();
      return;
    }
    Optional<Ticket> subject = context.model.subject();
    if (subject.isEmpty()) {
      context.refuse("There is no ticket here to do that to.");
    } else if (!locks(action, subject.get())) {
      changes(action, subject.get());
    }
  }

  private boolean locks(Action action, Ticket ticket) {
    switch (action) {
      case EDIT -> new FormLocks(context).edit(ticket);
      case DESCRIBE -> new FormLocks(context).describe(ticket);
      case LOCK -> lock(ticket);
      case UNLOCK -> unlock(ticket);
      case STEAL -> askToSteal(ticket);
      case WAIT -> new LockWaitUpdates(context).stand(ticket);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void changes(Action action, Ticket ticket) {
    switch (action) {
      case COMMENT ->
          new EditorUpdates(context)
              .openWithDraft(
                  CommentBox.empty(ticket.id(), ticket.number()),
                  new DraftKey.OfComment(ticket.id(), ticket.number()));
      case TAKE -> take(ticket);
      case ASSIGN -> new EditorUpdates(context).open(LinePrompt.of(Purpose.ASSIGNEE, "", ticket));
      case PRIORITY ->
          new EditorUpdates(context)
              .open(
                  new ChoiceMenu(
                      ChoiceMenu.Question.PRIORITY,
                      "priority of #" + ticket.number(),
                      PRIORITIES,
                      ticket,
                      null));
      case STATUS -> {
        TicketStatus other = ticket.isOpen() ? TicketStatus.CLOSED : TicketStatus.OPEN;
        context.update(
            ticket,
            TicketPatch.of(TicketField.STATUS, other),
            ticket.isOpen() ? "closing" : "reopening");
      }
      case TAGS ->
          new EditorUpdates(context).open(LinePrompt.of(Purpose.TAGS, tags(ticket), ticket));
      default -> {}
    }
  }

  /** The tags, ready for one more to be typed behind them. */
  private static String tags(Ticket ticket) {
    String tags = FieldText.spaced(ticket.content().tags());
    return tags.isEmpty() ? "" : tags + ", ";
  }

  private void take(Ticket ticket) {
    if (context.me() == null) {
      context.refuse("The server has not said yet who you are: wait for the connection.");
    } else if (context.me().equals(ticket.content().assignee())) {
      context.done("#" + ticket.number() + " is yours already.");
    } else {
      context.update(ticket, TicketPatch.of(TicketField.ASSIGNEE, context.me()), "assigning");
    }
  }

  private void lock(Ticket ticket) {
    switch (context.model.standing(ticket)) {
      case ELSEWHERE -> confirm(ticket, null);
      case HERE -> {
        // What a form is about to release, or was just asked for, is not renewed.
        Long token = context.pending().locks().tokenByHand(ticket.id());
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
        new ClientMessage.LockTicket(
            null, null, TicketRef.of(ticket.id()), token, TERMS, null, null));
  }

  private void unlock(Ticket ticket) {
    if (context.model.isWaitingFor(ticket.id())) {
      new LockWaitUpdates(context).leave(ticket);
      return;
    }
    switch (context.model.standing(ticket)) {
      case FREE ->
          context.done("Nobody holds the lock of #" + ticket.number() + ".", LockSeen.of(ticket));
      case HERE, ELSEWHERE ->
          context.change(
              ticket,
              "unlocking #" + ticket.number(),
              new ClientMessage.UnlockTicket(null, null, TicketRef.of(ticket.id()), null, null));
      case OTHERS -> {
        String ways = new LockAdvice(context.model).ofOthers(ticket);
        context.refuse(
            "#"
                + ticket.number()
                + " is locked by "
                + ticket.lock().holder()
                + (ways.isEmpty() ? "." : ": " + ways + "."),
            LockSeen.of(ticket));
      }
    }
  }

  private void askToSteal(Ticket ticket) {
    switch (context.model.standing(ticket)) {
      case FREE ->
          context.refuse(
              "Nobody holds the lock of #" + ticket.number() + ": just lock it.",
              LockSeen.of(ticket));
      case HERE -> context.done(new LockAdvice(context.model).here(ticket), LockSeen.of(ticket));
      case ELSEWHERE -> confirm(ticket, null);
      case OTHERS -> new EditorUpdates(context).open(LinePrompt.of(Purpose.REASON, "", ticket));
    }
  }

  /**
   * Asks once more before a lock is broken.
   *
   * @param reason null for one's own
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

  /** Asks before one's own lock is taken from another program. */
  void askToTakeOver(ChoiceMenu.Question question, Ticket ticket) {
    String label =
        "take over your lock of #"
            + ticket.number()
            + " ("
            + LockAdvice.where(ticket.lock())
            + ")?";
    new EditorUpdates(context).open(new ChoiceMenu(question, label, YES_OR_NO, ticket, null));
  }

  /** Takes the lock that was seen, and no other. */
  void steal(Ticket ticket, String reason) {
    context.change(ticket, "taking the lock of #" + ticket.number(), stealing(ticket, reason));
  }

  static ClientMessage.LockTicket stealing(Ticket ticket, String reason) {
    LockBreak seen = new LockBreak(ticket.lock().token(), reason);
    return new ClientMessage.LockTicket(
        null, null, TicketRef.of(ticket.id()), null, TERMS, null, seen);
  }

  private void claim() {
    long id = context.pend(PendingKind.CLAIM, null, "claiming the next free ticket");
    context.effect(
        new Effect.Change(
            id,
            new ClientMessage.ClaimTicket(
                null,
                null,
                context.model.filter().query(),
                context.model.filter().order(),
                TERMS)));
  }
}
