package org.lesbillets.cli.tui.update;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.editor.Input.ChoiceMenu;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt.Purpose;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.FieldText;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;

/**
 * The keys that change a ticket, on the list and on the detail screen. On the thread of the view.
 */
record TicketKeys(UpdateContext context) {
  private static final List<ChoiceMenu.Option> PRIORITIES =
      Arrays.stream(Priority.values())
          .map(priority -> ChoiceMenu.Option.of(priority.wireName()))
          .toList();

  void act(Action action) {
    if (action == Action.NEW) {
      new EditorUpdates(context).openWithDraft(TicketForm.blank());
      return;
    }
    if (action == Action.CLAIM) {
      claim();
      return;
    }
    Optional<Ticket> subject = context.model().subject();
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
      case LOCK -> new LockKeys(context).lock(ticket);
      case UNLOCK -> new LockKeys(context).unlock(ticket);
      case STEAL -> new LockKeys(context).askToSteal(ticket);
      case WAIT -> new LockWaitUpdates(context).begin(ticket);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void changes(Action action, Ticket ticket) {
    switch (action) {
      case COMMENT ->
          new EditorUpdates(context).openWithDraft(CommentBox.empty(ticket.id(), ticket.number()));
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
      case SNOOZE -> snooze(ticket);
      case TAGS ->
          new EditorUpdates(context).open(LinePrompt.of(Purpose.TAGS, tags(ticket), ticket));
      default -> {}
    }
  }

  /** The tags, with a separator behind them for one more. */
  private static String tags(Ticket ticket) {
    String tags = FieldText.spaced(ticket.content().tags());
    return tags.isEmpty() ? "" : tags + ", ";
  }

  /** Until when a ticket sleeps, to the minute, as it can be typed; empty if it is awake. */
  String until(Ticket ticket) {
    return ticket.isAsleep() ? context.time().day(ticket.content().wakeAt()) : "";
  }

  private void snooze(Ticket ticket) {
    if (!ticket.isOpen()) {
      context.refuse("#" + ticket.number() + " is closed: only open tickets sleep.");
    } else {
      String hint =
          ticket.isAsleep()
              ? "empty: #" + ticket.number() + " wakes now"
              : "as in 2h, tomorrow 9:00, fri 17:00";
      new EditorUpdates(context)
          .open(LinePrompt.of(Purpose.SNOOZE, until(ticket), ticket).hinted(hint));
    }
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

  private void claim() {
    long id = context.pend(PendingKind.CLAIM, null, "claiming the next free ticket");
    context.effect(
        new Effect.Change(
            id,
            new ClientMessage.ClaimTicket(
                context.listing.filters().wanted().query(),
                context.listing.filters().wanted().order(),
                LockWaitUpdates.TERMS)));
  }
}
