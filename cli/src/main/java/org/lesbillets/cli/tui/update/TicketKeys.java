package org.lesbillets.cli.tui.update;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lesbillets.cli.edit.FieldText;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.live.LiveDesk;
import org.lesbillets.cli.tui.state.ChoiceMenu;
import org.lesbillets.cli.tui.state.CommentBox;
import org.lesbillets.cli.tui.state.LinePrompt;
import org.lesbillets.cli.tui.state.LinePrompt.Purpose;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketPatch;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;

/** The keys that do something to a ticket, on the list and where one is read. */
final class TicketKeys {
  private static final LockTerms TERMS = new LockTerms(null, null, LiveDesk.CLIENT);
  private static final List<ChoiceMenu.Option> PRIORITIES =
      Arrays.stream(Priority.values())
          .map(priority -> ChoiceMenu.Option.of(priority.wireName()))
          .toList();
  private static final List<ChoiceMenu.Option> YES_OR_NO =
      List.of(ChoiceMenu.Option.of("yes"), ChoiceMenu.Option.of("no"));

  private final Step step;
  private final UiModel model;

  TicketKeys(Step step) {
    this.step = step;
    this.model = step.model;
  }

  void act(Action action) {
    if (action == Action.NEW) {
      step.open(TicketForm.blank());
      step.effect(new Effect.FindDraft(new DraftKey.OfNew()));
      return;
    }
    if (action == Action.CLAIM) {
      claim();
      return;
    }
    Optional<Ticket> subject = model.subject();
    if (subject.isEmpty()) {
      step.refuse("There is no ticket here to do that to.");
    } else if (!locks(action, subject.get())) {
      changes(action, subject.get());
    }
  }

  private boolean locks(Action action, Ticket ticket) {
    switch (action) {
      case EDIT -> new FormLocks(step).open(ticket);
      case DESCRIBE -> new FormLocks(step).describe(ticket);
      case LOCK -> lock(ticket);
      case UNLOCK -> unlock(ticket);
      case STEAL -> askToSteal(ticket);
      case WAIT -> new Turns(step).stand(ticket);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void changes(Action action, Ticket ticket) {
    switch (action) {
      case COMMENT -> {
        step.open(CommentBox.empty(ticket.id(), ticket.number()));
        step.effect(new Effect.FindDraft(new DraftKey.OfComment(ticket.id(), ticket.number())));
      }
      case TAKE -> take(ticket);
      case ASSIGN -> step.open(LinePrompt.of(Purpose.ASSIGNEE, "", ticket));
      case PRIORITY ->
          step.open(
              new ChoiceMenu(
                  ChoiceMenu.Question.PRIORITY,
                  "priority of #" + ticket.number(),
                  PRIORITIES,
                  ticket,
                  null));
      case STATUS -> {
        TicketStatus other = ticket.isOpen() ? TicketStatus.CLOSED : TicketStatus.OPEN;
        update(ticket, TicketPatch.status(other), ticket.isOpen() ? "closing" : "reopening");
      }
      case TAGS ->
          step.open(
              LinePrompt.of(Purpose.TAGS, FieldText.written(ticket.content().tags()), ticket));
      default -> {}
    }
  }

  private void take(Ticket ticket) {
    if (model.me() == null) {
      step.refuse("The server has not said yet who you are: wait for the connection.");
    } else if (model.me().equals(ticket.content().assignee())) {
      step.done("#" + ticket.number() + " is yours already.");
    } else {
      update(ticket, TicketPatch.assignee(model.me()), "assigning");
    }
  }

  /**
   * @param doing what is done, before the number: {@code closing}
   */
  void update(Ticket ticket, TicketPatch patch, String doing) {
    step.change(
        ticket,
        doing + " #" + ticket.number(),
        null,
        new ClientMessage.UpdateTicket(null, null, Step.ref(ticket), patch, null, null, false));
  }

  private boolean isMine(TicketLock lock) {
    return lock != null && lock.holder().equals(model.me());
  }

  /** One's own lock is renewed. */
  private void lock(Ticket ticket) {
    Long token = isMine(ticket.lock()) ? Long.valueOf(ticket.lock().token()) : null;
    step.change(
        ticket,
        "locking #" + ticket.number(),
        null,
        new ClientMessage.LockTicket(null, null, Step.ref(ticket), token, TERMS, null, null));
  }

  private void unlock(Ticket ticket) {
    if (model.isWaitingFor(ticket.id())) {
      new Turns(step).leave(ticket);
    } else if (!ticket.isLocked()) {
      step.done("Nobody holds the lock of #" + ticket.number() + ".");
    } else if (isMine(ticket.lock()) || model.me() == null) {
      step.change(
          ticket,
          "unlocking #" + ticket.number(),
          null,
          new ClientMessage.UnlockTicket(null, null, Step.ref(ticket), null, null));
    } else {
      step.refuse("#" + ticket.number() + " is locked by " + ticket.lock().holder() + stealing());
    }
  }

  private String stealing() {
    List<Key> keys = model.settings.keys().keys(Action.STEAL);
    return keys.isEmpty() ? "." : ": " + keys.get(0) + " takes the lock, with a reason.";
  }

  private void askToSteal(Ticket ticket) {
    if (!ticket.isLocked()) {
      step.refuse("Nobody holds the lock of #" + ticket.number() + ": just lock it.");
    } else if (isMine(ticket.lock())) {
      confirm(ticket, null);
    } else {
      step.open(LinePrompt.of(Purpose.REASON, "", ticket));
    }
  }

  /** Asks once more before a lock is broken. */
  void confirm(Ticket ticket, String reason) {
    String from = isMine(ticket.lock()) ? "yourself elsewhere" : ticket.lock().holder().value();
    step.open(
        new ChoiceMenu(
            ChoiceMenu.Question.STEAL,
            "take the lock of #" + ticket.number() + " from " + from + "?",
            YES_OR_NO,
            ticket,
            reason));
  }

  /** Takes the lock that was seen, and no other. */
  void steal(Ticket ticket, String reason) {
    step.change(
        ticket,
        "taking the lock of #" + ticket.number(),
        null,
        new ClientMessage.LockTicket(
            null,
            null,
            Step.ref(ticket),
            null,
            TERMS,
            null,
            new LockBreak(ticket.lock().token(), reason)));
  }

  private void claim() {
    long id = step.pend(Deed.CLAIM, null, "claiming the next free ticket", null);
    step.effect(
        new Effect.Change(
            id,
            new ClientMessage.ClaimTicket(
                null, null, model.filter.query(), model.filter.order(), TERMS)));
  }
}
