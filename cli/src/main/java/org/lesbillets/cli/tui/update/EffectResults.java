package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.command.edit.DraftBase;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.LockStanding;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.FormLease;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.editor.TicketForm.Saving;
import org.lesbillets.cli.tui.text.LockAdvice;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.RejectionCode;

/**
 * Results of effects. Answers of the server to changes are handled here, matched by id to the
 * {@link PendingEffect} they belong to; an unknown id is ignored. The others go to the part of the
 * model that they belong to. On the thread of the view.
 */
record EffectResults(UpdateContext context) implements EffectResult.Visitor {
  @Override
  public void onDone(EffectResult.Done event) {
    PendingEffect asked = context.answered(event.id());
    if (asked == null) {
      return;
    }
    WireEvent what = event.event().event().event();
    if (what instanceof WireEvent.TicketLocked locked) {
      context.tookByHand(locked.ticket());
      new LockWaitUpdates(context).cancel(locked.ticket().id());
    }
    switch (asked.kind()) {
      case CHANGE -> say(asked, what);
      case CLAIM -> {
        say(asked, what);
        claimed(asked, what.ticket());
      }
      case COMMENT -> {
        sent(asked, new DraftKey.OfComment(asked.ticket(), what.ticket().number()));
        new DetailUpdates(context).commented(event.event().event());
        context.answer(asked, "You commented on #" + what.ticket().number() + ".");
      }
      case CREATE -> saved(asked, what, new DraftKey.OfNew());
      case SAVE -> saved(asked, what, new DraftKey.OfEdit(DraftBase.of(known(what.ticket()))));
      case TAKE_OVER -> {
        say(asked, what);
        new FormLocks(context).tookOver((WireEvent.TicketLocked) what);
      }
      case HOLD, FETCH, EDITOR, VERB, LOCK_WAIT ->
          throw new IllegalStateException(asked.kind() + " is no change");
    }
  }

  /** Selects the claimed ticket; opens it if the list does not contain it. */
  private void claimed(PendingEffect asked, Ticket ticket) {
    if (hasNavigated(asked)) {
      return;
    }
    boolean listed = new ListUpdates(context).goTo(ticket.id());
    boolean reading = context.view.screen() == Screen.DETAIL;
    if (context.input() == null && (reading || !listed)) {
      new DetailUpdates(context).open(known(ticket));
    }
  }

  /** Whether a key moved the cursor since the request, so that the answer must not. */
  private boolean hasNavigated(PendingEffect asked) {
    return context.pending.navigatedAt() >= asked.id();
  }

  private Ticket known(Ticket ticket) {
    return context.tickets.find(ticket.id()).orElse(ticket);
  }

  private void say(PendingEffect asked, WireEvent what) {
    if (asked.done() != null) {
      context.answer(asked, asked.done());
    } else if (what.isRenewal()) {
      context.answer(asked, renewed(what.ticket()));
    } else {
      context.answer(
          asked,
          "You " + EventSentence.what(what, context.time()).replace("their own", "your own") + ".");
    }
  }

  private String renewed(Ticket ticket) {
    return "You hold it here: renewed for "
        + HumanTime.length(ticket.lock().ttl())
        + "; "
        + new LockAdvice(context.model()).unlocking("#" + ticket.number())
        + ".";
  }

  /** Closes the input if it still waits for this answer: another one may be open by now. */
  private void sent(PendingEffect asked, DraftKey key) {
    if (isAwaited(asked)) {
      new EditorUpdates(context).close();
    }
    new EditorUpdates(context).dropSent(key, asked.id());
  }

  private boolean isAwaited(PendingEffect asked) {
    return context.editor.awaited() == asked.id();
  }

  private void saved(PendingEffect asked, WireEvent what, DraftKey key) {
    boolean awaited = isAwaited(asked);
    sent(asked, key);
    context.answer(
        asked,
        (asked.kind() == PendingKind.CREATE ? "You created #" : "You saved #")
            + what.ticket().number()
            + ".");
    if (awaited && !hasNavigated(asked)) {
      new ListUpdates(context).goTo(what.ticket().id());
    }
  }

  @Override
  public void onRefused(EffectResult.Refused event) {
    PendingEffect asked = context.answered(event.id());
    if (asked == null) {
      return;
    }
    String sentence = Sentence.of(what(asked, event) + event.sentence());
    switch (asked.kind()) {
      case CHANGE -> refuse(asked, event, sentence);
      case CLAIM, VERB, EDITOR -> refuse(event, sentence);
      case LOCK_WAIT -> {
        context.pending = context.pending.notWaitingFor(asked.ticket());
        refuse(event, sentence);
      }
      case COMMENT, CREATE, SAVE -> unsent(asked, event, sentence);
      case HOLD, TAKE_OVER -> new FormLocks(context).refused(asked, event, sentence);
      case FETCH -> new DetailUpdates(context).failed(asked.ticket(), sentence);
    }
  }

  private void refuse(PendingEffect asked, EffectResult.Refused event, String sentence) {
    LockRefusal why = LockRefusal.of(context.model(), asked, event);
    if (why == null) {
      refuse(event, sentence);
    } else if (why.standing() == LockStanding.HERE) {
      context.done(why.sentence(context.model(), sentence), why.seen());
    } else {
      context.refuse(why.sentence(context.model(), sentence), why.seen());
    }
  }

  private void refuse(EffectResult.Refused event, String sentence) {
    context.refuse(sentence);
    if (event.code() == null) {
      context.notices = context.notices.ofReach();
    }
  }

  /**
   * The prefix that names the request, for failures before the server; a rejection names it itself.
   */
  private static String what(PendingEffect asked, EffectResult.Refused event) {
    boolean unasked = event.code() == null && asked.words() != null && event.sentence() != null;
    return unasked ? asked.words() + ": " : "";
  }

  private void unsent(PendingEffect asked, EffectResult.Refused event, String sentence) {
    if (!isAwaited(asked)) {
      context.refuse(sentence + " What you wrote is kept as a draft.");
      return;
    }
    context.editor = context.editor.awaiting(0);
    if (context.input() instanceof CommentBox box) {
      context.input(box.noticed(sentence));
      new EditorUpdates(context).saveDraft();
    } else if (context.input() instanceof TicketForm form) {
      unsaved(form, event, sentence);
    }
  }

  private void unsaved(TicketForm form, EffectResult.Refused event, String sentence) {
    boolean lost =
        event.code() == RejectionCode.STALE_TOKEN || event.code() == RejectionCode.NOT_LOCKED;
    TicketForm open = form.with(Saving.NO).noticed(sentence);
    context.input(lost ? open.with(FormLease.without(FormLease.Phase.LOST, sentence)) : open);
    if (lost) {
      // The lock is lost, so its renewal ends.
      new FormLocks(context).release(form);
    }
    new EditorUpdates(context).saveDraft();
    // An event of the conflicting change may have arrived before this answer.
    new FormLocks(context).reloaded();
  }

  // What belongs to one part of the model.

  @Override
  public void onHeld(EffectResult.Held event) {
    new FormLocks(context).held(event);
  }

  @Override
  public void onLost(EffectResult.Lost event) {
    new FormLockLoss(context).lost(event);
  }

  @Override
  public void onLockWaitChanged(EffectResult.LockWaitChanged event) {
    new LockWaitUpdates(context).changed(event);
  }

  @Override
  public void onLockWaitGranted(EffectResult.LockWaitGranted event) {
    new LockWaitUpdates(context).granted(event);
  }

  @Override
  public void onLockWaitRefused(EffectResult.LockWaitRefused event) {
    new LockWaitUpdates(context).refused(event);
  }

  @Override
  public void onDetails(EffectResult.Details event) {
    new DetailUpdates(context).fetched(event);
  }

  @Override
  public void onTicketsFiltered(EffectResult.TicketsFiltered event) {
    new ListUpdates(context).filtered(event);
  }

  @Override
  public void onCounted(EffectResult.Counted event) {
    new CountUpdates(context).counted(event);
  }

  @Override
  public void onEdited(EffectResult.Edited event) {
    new ExternalEditing(context).edited(event);
  }

  @Override
  public void onDraftSaved(EffectResult.DraftSaved event) {
    new DraftUpdates(context).kept(event);
  }

  @Override
  public void onDraftFound(EffectResult.DraftFound event) {
    new DraftUpdates(context).found(event);
  }

  @Override
  public void onDraftMissing(EffectResult.DraftMissing event) {
    new DraftUpdates(context).soughtFor(event.key());
  }

  @Override
  public void onVerbEnded(EffectResult.VerbEnded event) {
    new CommandLineUpdates(context).ended(event);
  }
}
