package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.LockSnapshot;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.text.LockAdvice;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;

/**
 * Waits for locks held by others: one for each ticket, FIFO at the server, ended by the grant, a
 * rejection, or a key. On the thread of the view.
 */
record LockWaitUpdates(UpdateContext context) {
  /** The terms of every lock that is taken by hand. */
  static final LockTerms TERMS = LockTerms.DEFAULT.withClient(AsyncTicketService.CLIENT);

  /** Starts to wait for the lock of a ticket; a free lock is granted at once. */
  void begin(Ticket ticket) {
    if (context.pending.lockWaits().containsKey(ticket.id())) {
      context.done("You stand in the line for #" + ticket.number() + " already.");
      return;
    }
    if (context.pending.locks().isByHand(ticket)) {
      context.done(new LockAdvice(context.model()).here(ticket), LockSnapshot.of(ticket));
      return;
    }
    String got = "You locked #" + ticket.number() + ".";
    long id = context.pend(PendingKind.LOCK_WAIT, ticket.id(), null, got);
    context.pending = context.pending.waitingFor(ticket.id(), id);
    context.effect(
        new Effect.WaitForLock(
            id,
            new ClientMessage.LockTicket(TicketRef.of(ticket.id()), TERMS)
                .queued(LockWait.FOREVER)));
    context.done("Standing in the line for #" + ticket.number() + ".");
  }

  /** Ends a wait whose lock was granted in another way: a second grant would replace the first. */
  void cancel(TicketId ticket) {
    Long id = context.pending.lockWaits().get(ticket);
    if (id != null) {
      context.pending = context.pending.without(id).notWaitingFor(ticket);
      context.effect(new Effect.CancelLockWait(id));
    }
  }

  void leave(Ticket ticket) {
    cancel(ticket.id());
    context.done("You left the line for #" + ticket.number() + ".");
  }

  void changed(EffectResult.LockWaitChanged event) {
    PendingEffect waiting = context.pending.effects().get(event.id());
    if (waiting == null) {
      return;
    }
    String number = number(waiting);
    switch (event.phase()) {
      case WAITING -> context.pending = context.pending.with(waiting.waiting());
      case AWAY ->
          context.refuse("The place in the line for " + number + " was lost with the server.");
      case BACK -> context.done("You stand in the line for " + number + " again, at its end.");
    }
  }

  private String number(PendingEffect waiting) {
    return context
        .tickets
        .find(waiting.ticket())
        .map(ticket -> "#" + ticket.number())
        .orElse("a ticket");
  }

  void granted(EffectResult.LockWaitGranted event) {
    PendingEffect waited = context.pending.effects().get(event.id());
    if (waited == null) {
      return;
    }
    end(waited);
    Ticket locked = event.granted().event().event().ticket();
    context.tookByHand(locked);
    if (waited.done() == null) {
      context.alarm(
          "It is your turn: " + number(waited) + " is locked by you.", LockSnapshot.of(locked));
    } else {
      context.done(waited.done());
    }
  }

  void refused(EffectResult.LockWaitRefused event) {
    PendingEffect waited = context.pending.effects().get(event.id());
    if (waited != null) {
      end(waited);
      context.alarm(Sentence.of(event.sentence()));
    }
  }

  private void end(PendingEffect ended) {
    context.pending = context.pending.without(ended.id()).notWaitingFor(ended.ticket());
  }
}
