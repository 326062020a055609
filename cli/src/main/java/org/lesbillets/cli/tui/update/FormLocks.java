package org.lesbillets.cli.tui.update;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.lesbillets.cli.command.edit.DraftBase;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.LockStanding;
import org.lesbillets.cli.tui.state.OwnLocks;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.editor.FormLease;
import org.lesbillets.cli.tui.state.editor.FormText;
import org.lesbillets.cli.tui.state.editor.Input.ChoiceMenu;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.editor.TicketForm.Saving;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;

/**
 * Forms of tickets that are there: the lock they are edited under, and what others do meanwhile.
 */
record FormLocks(UpdateContext context) {
  /** Opens the form of a ticket; where one's own lock is elsewhere, asks first. */
  void edit(Ticket ticket) {
    if (context.model.standing(ticket) == LockStanding.ELSEWHERE) {
      new LockKeys(context).askToTakeOver(ChoiceMenu.Question.EDIT_UNDER_OWN, ticket);
    } else {
      open(ticket);
    }
  }

  /** The same for the description alone, which is edited in an editor. */
  void describe(Ticket ticket) {
    if (context.model.standing(ticket) == LockStanding.ELSEWHERE) {
      new LockKeys(context).askToTakeOver(ChoiceMenu.Question.DESCRIBE_UNDER_OWN, ticket);
    } else {
      open(ticket);
      describing();
    }
  }

  /** One's own lock is to be taken from another program, and the form opened under it. */
  void takeOver(ChoiceMenu answered) {
    Ticket ticket = context.tickets().find(answered.ticket().id()).orElse(answered.ticket());
    TicketForm form = TicketForm.of(ticket);
    new EditorUpdates(context).openWithDraft(form, form.draftKey());
    takeOver(answered.ticket());
    if (answered.question() == ChoiceMenu.Question.DESCRIBE_UNDER_OWN) {
      describing();
    }
  }

  private void takeOver(Ticket seen) {
    String words = "taking over the lock of #" + seen.number();
    long id = context.pend(PendingKind.TAKE_OVER, seen.id(), words);
    context.effect(new Effect.Change(id, LockKeys.stealing(seen, null)));
  }

  /** Opens the form at once; its lock comes when it comes, or was taken by hand before. */
  private void open(Ticket ticket) {
    TicketForm form = TicketForm.of(ticket);
    new EditorUpdates(context).openWithDraft(form, form.draftKey());
    if (context.pending().locks().isByHand(ticket)) {
      context.input(form.with(FormLease.byHand(ticket.lock().token())));
    } else {
      ask(form);
    }
  }

  /** The form is open for the description alone. */
  private void describing() {
    TicketForm form = (TicketForm) context.input();
    context.input(form.focusedOn(form.fields().indexOf(TicketField.DESCRIPTION)));
    context.editor(context.editor().describing(true));
  }

  /** Asks for the lock, unless a form that was left before is still waiting for it. */
  void ask(TicketForm form) {
    boolean elsewhere = form.lease().phase() == FormLease.Phase.ELSEWHERE;
    context.input(form.with(FormLease.ASKED));
    boolean asked = context.pending().stream().anyMatch(one -> one.isForLockOf(form.base().id()));
    if (asked) {
      return;
    }
    Ticket now = context.tickets().find(form.base().id()).orElse(null);
    if (elsewhere && now != null && context.model.standing(now) == LockStanding.ELSEWHERE) {
      takeOver(now);
      return;
    }
    long id = context.pend(PendingKind.HOLD, form.base().id(), "locking #" + form.base().number());
    context.effect(new Effect.Hold(id, TicketRef.of(form.base().id())));
  }

  void release(TicketForm form) {
    if (form.lease().kept()) {
      context.effect(new Effect.Release(form.lease().token()));
    }
  }

  Optional<TicketForm> form(Ticket ticket) {
    return context.input() instanceof TicketForm form && form.isAbout(ticket)
        ? Optional.of(form)
        : Optional.empty();
  }

  void held(EffectResult.Held event) {
    context.answered(event.id());
    Ticket ticket = event.granted().event().event().ticket();
    long token = ticket.lock().token();
    Ticket known = context.tickets().find(ticket.id()).orElse(null);
    OwnLocks locks = context.pending().locks().tookForForm(ticket, known);
    context.pending(context.pending().with(locks));
    TicketForm form = asking(ticket.id()).orElse(null);
    if (form == null) {
      // Somebody left the form before its lock was there.
      context.effect(new Effect.Release(token));
    } else {
      goOn(form.with(FormLease.held(token)));
    }
  }

  private Optional<TicketForm> asking(TicketId ticket) {
    return context.input() instanceof TicketForm form
            && !form.isNew()
            && form.base().id().equals(ticket)
            && form.lease().phase() == FormLease.Phase.ASKED
        ? Optional.of(form)
        : Optional.empty();
  }

  /** One's own lock was taken over. */
  void tookOver(WireEvent.TicketLocked locked) {
    long token = locked.ticket().lock().token();
    asking(locked.ticket().id()).ifPresent(form -> goOn(form.with(FormLease.byHand(token))));
  }

  /** Does what waited for the lock. */
  private void goOn(TicketForm held) {
    context.input(held);
    if (held.saving() == Saving.WISHED) {
      new FormSaving(context).save(held.with(Saving.NO));
    } else {
      startDescribing();
    }
  }

  /** Begins in the editor when lock and draft are there: what was kept is gone on with there. */
  void startDescribing() {
    boolean ready = context.editor().describing() && context.drafts().sought() == null;
    if (ready && context.input() instanceof TicketForm form && form.lease().isHeld()) {
      if (!form.touched()) {
        new ExternalEditing(context).begin();
      }
    }
  }

  /** The lock was not given: a form that nobody has done anything in closes, another one stays. */
  void refused(PendingEffect asked, EffectResult.Refused event, String sentence) {
    if (!(context.input() instanceof TicketForm form)
        || form.isNew()
        || !form.base().id().equals(asked.ticket())) {
      return;
    }
    LockRefusal why = LockRefusal.of(context.model, asked, event);
    if (why != null && why.standing() == LockStanding.HERE && why.own() != null) {
      // It was just taken by hand.
      goOn(form.with(FormLease.byHand(why.own())));
    } else if (form.touched()
        || form.saving() == Saving.WISHED
        || context.pending().has(PendingKind.EDITOR)) {
      context.input(form.with(lease(why, sentence)).with(Saving.NO));
    } else {
      boolean describing = context.editor().describing();
      new EditorUpdates(context).close();
      closed(why, sentence, describing);
    }
  }

  private FormLease lease(LockRefusal why, String sentence) {
    if (why == null) {
      return FormLease.refused(sentence);
    }
    return switch (why.standing()) {
      case FREE -> FormLease.refused(why.sentence(context.model, sentence));
      case OTHERS -> FormLease.blocked(sentence);
      case HERE, ELSEWHERE ->
          FormLease.elsewhere(
              "You hold it already, "
                  + LockAdvice.where(why.ticket().lock())
                  + ": saving takes it over.");
    };
  }

  private void closed(LockRefusal why, String sentence, boolean describing) {
    if (why == null) {
      context.refuse(sentence);
    } else if (why.standing() == LockStanding.ELSEWHERE) {
      ChoiceMenu.Question question =
          describing ? ChoiceMenu.Question.DESCRIBE_UNDER_OWN : ChoiceMenu.Question.EDIT_UNDER_OWN;
      new LockKeys(context).askToTakeOver(question, why.ticket());
    } else {
      context.refuse(why.sentence(context.model, sentence), why.seen());
    }
  }

  /** Much may have happened. */
  void reloaded() {
    if (context.input() instanceof TicketForm form && !form.isNew()) {
      context.tickets().find(form.base().id()).ifPresent(now -> context.input(rebased(form, now)));
    }
  }

  /**
   * The form over the ticket as it is now: fields one has not changed follow, and where both have
   * changed something, one's own text stays and theirs is shown.
   */
  TicketForm rebased(TicketForm form, Ticket now) {
    DraftBase base = DraftBase.of(now);
    Map<TicketField<?>, TypedText> typed = new LinkedHashMap<>(form.values());
    Map<TicketField<?>, String> theirs = new LinkedHashMap<>();
    theirs.putAll(form.theirs());
    for (TicketField<?> field : TicketField.EDITED) {
      String before = FormText.written(form.base().content(), field);
      String after = FormText.written(base.content(), field);
      String mine = form.value(field).text();
      if (mine.equals(after)) {
        theirs.remove(field);
      } else if (!isMine(form, field, before)) {
        typed.put(field, TypedText.of(after));
        theirs.remove(field);
      } else if (!before.equals(after)) {
        theirs.put(field, after);
      }
    }
    return form.rebased(base, typed, theirs);
  }

  /** Whether what stands in a field is one's own: it differs, or one is about to change it. */
  private boolean isMine(TicketForm form, TicketField<?> field, String before) {
    boolean typing = field == form.focused() && form.typedInto().contains(field);
    boolean elsewhere =
        field == TicketField.DESCRIPTION && context.pending().has(PendingKind.EDITOR);
    return typing || elsewhere || !form.value(field).text().equals(before);
  }
}
