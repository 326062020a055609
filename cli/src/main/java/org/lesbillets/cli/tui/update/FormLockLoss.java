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

/**
 * Loss of the lock of the open form: by an event, or reported by the lease keeper. The form stays
 * open and is saved under a new lock. On the thread of the view.
 */
record FormLockLoss(UpdateContext context) {
  void lost(EffectResult.Lost event) {
    TicketForm form = context.input() instanceof TicketForm open ? open : null;
    if (form != null && form.lease().token() == event.token()) {
      lose(form, event.why().sentence());
    }
  }

  /** Marks the lock as lost; the form shows why, so the status line does not. */
  private void lose(TicketForm form, String sentence) {
    context.input(form.with(FormLease.without(FormLease.Phase.LOST, sentence)).with(Saving.NO));
    new EditorUpdates(context).saveDraft();
    context.ring();
  }

  /**
   * Applies an event to the open form.
   *
   * @return whether the form reports the loss of its lock
   */
  boolean happened(Ticket now, WireEvent event) {
    FormLocks locks = new FormLocks(context);
    TicketForm form = locks.form(now.id()).orElse(null);
    if (form == null) {
      return false;
    }
    boolean loses = isLoss(form, now, event);
    if (loses && form.saving() == Saving.SENT) {
      // The answer to the update reports it.
      context.ring();
    } else if (loses) {
      lose(form, EventSentence.whoAndWhat(event));
    } else if (isSaid(form, event)) {
      loses = true;
    } else if (form.lease().phase() == FormLease.Phase.BLOCKED && !event.isRenewal()) {
      context.input(form.with(unblocked(form.lease(), now, event)));
    }
    locks
        .form(now.id())
        .filter(open -> event.changesContent() && open.saving() != Saving.SENT)
        .ifPresent(open -> context.input(locks.rebased(open, now)));
    return loses;
  }

  /** Whether an event ends the lock of the form, other than by the save of the form itself. */
  private boolean isLoss(TicketForm form, Ticket now, WireEvent event) {
    boolean over =
        form.lease().isHeld()
            && now.revision() > form.lease().token()
            && (!now.isLocked() || now.lock().token() != form.lease().token());
    boolean broken = isStolen(event) || isForced(event);
    // The lease keeper reports all other ends of a lock it renews.
    return over && (broken || !form.lease().kept() && form.saving() != Saving.SENT);
  }

  /** Whether the loss was reported before, by the connection that held the lock. */
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

  /** The lease of a form whose blocking lock has ended or changed its holder. */
  private static FormLease unblocked(FormLease lease, Ticket now, WireEvent event) {
    if (!now.isLocked()) {
      return FormLease.without(
          FormLease.Phase.BLOCKED, "It is free by now: saving takes the lock.");
    }
    return event instanceof WireEvent.TicketLocked
        ? FormLease.without(FormLease.Phase.BLOCKED, Sentence.of(EventSentence.whoAndWhat(event)))
        : lease;
  }
}
