package org.lesbillets.cli.tui.update;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.ChoiceMenu;
import org.lesbillets.cli.tui.state.CommentBox;
import org.lesbillets.cli.tui.state.DraftKey;
import org.lesbillets.cli.tui.state.LinePrompt;
import org.lesbillets.cli.tui.state.LinePrompt.Purpose;
import org.lesbillets.cli.tui.state.LockSeen;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
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
  private final UiModel model;

  TicketKeys(UpdateContext context) {
    this.context = context;
    this.model = context.model;
  }

  void act(Action action) {
    if (action == Action.NEW) {
      context.openWithDraft(TicketForm.blank(), new DraftKey.OfNew());
      return;
    }
    if (action == Action.CLAIM) {
      claim();
      return;
    }
    Optional<Ticket> subject = model.subject();
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
          context.openWithDraft(
              CommentBox.empty(ticket.id(), ticket.number()),
              new DraftKey.OfComment(ticket.id(), ticket.number()));
      case TAKE -> take(ticket);
      case ASSIGN -> context.open(LinePrompt.of(Purpose.ASSIGNEE, "", ticket));
      case PRIORITY ->
          context.open(
              new ChoiceMenu(
                  ChoiceMenu.Question.PRIORITY,
                  "priority of #" + ticket.number(),
                  PRIORITIES,
                  ticket,
                  null));
      case STATUS -> {
        TicketStatus other = ticket.isOpen() ? TicketStatus.CLOSED : TicketStatus.OPEN;
        update(
            ticket,
            TicketPatch.of(TicketField.STATUS, other),
            ticket.isOpen() ? "closing" : "reopening");
      }
      case TAGS -> context.open(LinePrompt.of(Purpose.TAGS, tags(ticket), ticket));
      default -> {}
    }
  }

  /** The tags, ready for one more to be typed behind them. */
  private static String tags(Ticket ticket) {
    String tags = FieldText.spaced(ticket.content().tags());
    return tags.isEmpty() ? "" : tags + ", ";
  }

  private void take(Ticket ticket) {
    if (model.me() == null) {
      context.refuse("The server has not said yet who you are: wait for the connection.");
    } else if (model.me().equals(ticket.content().assignee())) {
      context.done("#" + ticket.number() + " is yours already.");
    } else {
      update(ticket, TicketPatch.of(TicketField.ASSIGNEE, model.me()), "assigning");
    }
  }

  /**
   * @param doing what is done, before the number: {@code closing}
   */
  void update(Ticket ticket, TicketPatch patch, String doing) {
    context.change(
        ticket,
        doing + " #" + ticket.number(),
        null,
        new ClientMessage.UpdateTicket(
            null, null, UpdateContext.ref(ticket), patch, null, null, false));
  }

  private void lock(Ticket ticket) {
    switch (model.standing(ticket)) {
      case ELSEWHERE -> confirm(ticket, null);
      case HERE -> {
        // What a form is about to release, or was just asked for, is not renewed.
        Long token = model.own.byHand(ticket.id());
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
        null,
        new ClientMessage.LockTicket(
            null, null, UpdateContext.ref(ticket), token, TERMS, null, null));
  }

  private void unlock(Ticket ticket) {
    if (model.isWaitingFor(ticket.id())) {
      new LockWaitUpdates(context).leave(ticket);
      return;
    }
    switch (model.standing(ticket)) {
      case FREE ->
          context.done("Nobody holds the lock of #" + ticket.number() + ".", LockSeen.of(ticket));
      case HERE, ELSEWHERE ->
          context.change(
              ticket,
              "unlocking #" + ticket.number(),
              null,
              new ClientMessage.UnlockTicket(null, null, UpdateContext.ref(ticket), null, null));
      case OTHERS -> {
        String ways = new LockAdvice(model).ofOthers(ticket);
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
    switch (model.standing(ticket)) {
      case FREE ->
          context.refuse(
              "Nobody holds the lock of #" + ticket.number() + ": just lock it.",
              LockSeen.of(ticket));
      case HERE -> context.done(new LockAdvice(model).here(ticket), LockSeen.of(ticket));
      case ELSEWHERE -> confirm(ticket, null);
      case OTHERS -> context.open(LinePrompt.of(Purpose.REASON, "", ticket));
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
      context.open(new ChoiceMenu(ChoiceMenu.Question.STEAL, label, YES_OR_NO, ticket, reason));
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
    context.open(new ChoiceMenu(question, label, YES_OR_NO, ticket, null));
  }

  /** Takes the lock that was seen, and no other. */
  void steal(Ticket ticket, String reason) {
    context.change(
        ticket, "taking the lock of #" + ticket.number(), null, stealing(ticket, reason));
  }

  static ClientMessage.LockTicket stealing(Ticket ticket, String reason) {
    LockBreak seen = new LockBreak(ticket.lock().token(), reason);
    return new ClientMessage.LockTicket(
        null, null, UpdateContext.ref(ticket), null, TERMS, null, seen);
  }

  private void claim() {
    long id = context.pend(PendingKind.CLAIM, null, "claiming the next free ticket", null);
    context.effect(
        new Effect.Change(
            id,
            new ClientMessage.ClaimTicket(
                null, null, model.filter.query(), model.filter.order(), TERMS)));
  }
}
