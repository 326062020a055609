package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.editor.FormLease;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.editor.TicketForm.Saving;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;

/** What others do to the lock and the ticket of the form that is open. */
record FormLockLoss(UpdateContext context) {
  void lost(EffectResult.Lost event) {
    TicketForm form = context.input() instanceof TicketForm open ? open : null;
    if (form != null && form.lease().token() == event.token()) {
      lose(form, event.why().sentence());
    }
  }

  /** The form says it where it stands: nothing else need say it, too. */
  private void lose(TicketForm form, String sentence) {
    context.input(form.with(FormLease.lost(sentence)).with(Saving.NO));
    new EditorUpdates(context).keepDraft();
    context.ring();
  }

  /**
   * Something happened to a ticket.
   *
   * @return whether it is said in the form that its lock is lost by that
   */
  boolean happened(Ticket now, WireEvent event) {
    FormLocks locks = new FormLocks(context);
    TicketForm form = locks.form(now).orElse(null);
    if (form == null) {
      return false;
    }
    boolean loses = isLoss(form, now, event);
    if (loses && form.saving() == Saving.SENT) {
      // The answer will say so.
      context.ring();
    } else if (loses) {
      lose(form, EventSentence.whoAndWhat(event));
    } else if (isSaid(form, event)) {
      loses = true;
    } else if (form.lease().phase() == FormLease.Phase.BLOCKED && !renews(event)) {
      context.input(form.with(unblocked(form.lease(), now, event)));
    }
    locks
        .form(now)
        .filter(open -> event.changesContent() && open.saving() != Saving.SENT)
        .ifPresent(open -> context.input(locks.rebased(open, now)));
    return loses;
  }

  /** Whether the lock of the form is over by that, and not by what the form itself has done. */
  private boolean isLoss(TicketForm form, Ticket now, WireEvent event) {
    boolean over =
        form.lease().isHeld()
            && now.revision() > form.lease().token()
            && (!now.isLocked() || now.lock().token() != form.lease().token());
    boolean broken = isStolen(event) || isForced(event);
    // What renews a lock that was taken for the form tells of its other ends.
    return over && (broken || !form.lease().kept() && form.saving() != Saving.SENT);
  }

  /** Whether the loss came first over the connection that held the lock. */
  private boolean isSaid(TicketForm form, WireEvent event) {
    return form.lease().phase() == FormLease.Phase.LOST
        && ServerEvents.isMyLockBroken(event, context.me());
  }

  private static boolean isStolen(WireEvent event) {
    return event instanceof WireEvent.TicketLocked locked && locked.stolenFrom() != null;
  }

  private static boolean isForced(WireEvent event) {
    return event instanceof WireEvent.TicketUnlocked unlocked
        && unlocked.reason() == UnlockReason.FORCED;
  }

  private static boolean renews(WireEvent event) {
    return event instanceof WireEvent.TicketLocked locked && locked.renewed();
  }

  /** The lock that was in the way is over, or another is in the way. */
  private static FormLease unblocked(FormLease lease, Ticket now, WireEvent event) {
    if (!now.isLocked()) {
      return FormLease.blocked("It is free by now: saving takes the lock.");
    }
    return event instanceof WireEvent.TicketLocked
        ? FormLease.blocked(Sentence.of(EventSentence.whoAndWhat(event)))
        : lease;
  }
}
