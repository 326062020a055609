package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.LockSeen;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;

/** The lines one stands in. */
final class LockWaitUpdates {
  private final UpdateContext context;
  private final UiModel model;

  LockWaitUpdates(UpdateContext context) {
    this.context = context;
    this.model = context.model;
  }

  /** Stands in the line for a ticket's lock; where there is none, that is just locking it. */
  void stand(Ticket ticket) {
    if (model.turns.containsKey(ticket.id())) {
      context.done("You stand in the line for #" + ticket.number() + " already.");
      return;
    }
    if (new FormLocks(context).isTaken(ticket)) {
      context.done(new LockAdvice(model).here(ticket), LockSeen.of(ticket));
      return;
    }
    String got = "You locked #" + ticket.number() + ".";
    long id = context.pend(PendingKind.TURN, ticket.id(), null, got);
    model.turns.put(ticket.id(), id);
    context.effect(
        new Effect.StandInLine(
            id,
            new ClientMessage.LockTicket(
                null,
                null,
                UpdateContext.ref(ticket),
                null,
                new LockTerms(null, null, AsyncTicketService.CLIENT),
                LockWait.FOREVER,
                null)));
    context.done("Standing in the line for #" + ticket.number() + ".");
  }

  /** The lock was got in another way: the place in its line would only take it away again. */
  void over(TicketId ticket) {
    Long id = model.turns.remove(ticket);
    if (id != null) {
      model.pending.remove(id);
      context.effect(new Effect.LeaveLine(id));
    }
  }

  void leave(Ticket ticket) {
    over(ticket.id());
    context.done("You left the line for #" + ticket.number() + ".");
  }

  void turn(EffectResult.Turn event) {
    PendingEffect stood = model.pending.get(event.id());
    if (stood == null) {
      return;
    }
    String number =
        model.tickets.find(stood.ticket()).map(ticket -> "#" + ticket.number()).orElse("a ticket");
    switch (event.phase()) {
      case WAITING -> model.pending.put(stood.id(), stood.waiting());
      case AWAY ->
          context.refuse("The place in the line for " + number + " was lost with the server.");
      case BACK -> context.done("You stand in the line for " + number + " again, at its end.");
      case GRANTED -> {
        end(stood);
        WireEvent.TicketLocked locked = (WireEvent.TicketLocked) event.granted().event().event();
        new FormLocks(context).taken(locked);
        if (stood.done() == null) {
          context.alarm(
              "It is your turn: " + number + " is locked by you.", LockSeen.of(locked.ticket()));
        } else {
          context.done(stood.done());
        }
      }
      case REFUSED -> {
        end(stood);
        context.alarm(Sentence.of(event.sentence()));
      }
    }
  }

  private void end(PendingEffect stood) {
    model.pending.remove(stood.id());
    model.turns.remove(stood.ticket());
  }
}
