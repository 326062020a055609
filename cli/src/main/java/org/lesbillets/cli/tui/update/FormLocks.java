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
import org.lesbillets.cli.tui.text.LockAdvice;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;

/**
 * The form of an existing ticket and the lock it is edited under, a state machine drawn at {@link
 * FormLease}. A form opens at once and may be typed into before its lock is granted; saving waits
 * for the lock. Changes by others are merged field by field. On the thread of the view.
 */
record FormLocks(UpdateContext context) {
  /** Opens the form of a ticket; asks first if another program of the same agent holds the lock. */
  void edit(Ticket ticket) {
    if (context.model().standing(ticket) == LockStanding.ELSEWHERE) {
      new LockKeys(context).askToTakeOver(ChoiceMenu.Question.EDIT_UNDER_OWN, ticket);
    } else {
      open(ticket);
    }
  }

  /** As {@link #edit}, for the description alone, in the external editor. */
  void describe(Ticket ticket) {
    if (context.model().standing(ticket) == LockStanding.ELSEWHERE) {
      new LockKeys(context).askToTakeOver(ChoiceMenu.Question.DESCRIBE_UNDER_OWN, ticket);
    } else {
      open(ticket);
      describing();
    }
  }

  /** Takes the lock over from another program of the same agent and opens the form under it. */
  void takeOver(ChoiceMenu answered) {
    Ticket ticket = context.tickets.find(answered.ticket().id()).orElse(answered.ticket());
    TicketForm form = TicketForm.of(ticket);
    new EditorUpdates(context).openWithDraft(form);
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

  /** Opens the form, and requests its lock unless that was taken by hand before. */
  private void open(Ticket ticket) {
    TicketForm form = TicketForm.of(ticket);
    new EditorUpdates(context).openWithDraft(form);
    if (context.pending.locks().isByHand(ticket)) {
      context.input(form.with(FormLease.byHand(ticket.lock().token())));
    } else {
      ask(form);
    }
  }

  /** Marks the form as opened for the description alone. */
  private void describing() {
    TicketForm form = (TicketForm) context.input();
    context.input(form.focusedOn(form.fields().indexOf(TicketField.DESCRIPTION)));
    context.editor = context.editor.describing(true);
  }

  /**
   * Requests the lock, unless a request of an earlier form for the same ticket is still pending.
   */
  void ask(TicketForm form) {
    boolean elsewhere = form.lease().phase() == FormLease.Phase.ELSEWHERE;
    context.input(form.with(FormLease.ASKED));
    boolean asked = context.pending.stream().anyMatch(one -> one.isForLockOf(form.base().id()));
    if (asked) {
      return;
    }
    Ticket now = context.tickets.find(form.base().id()).orElse(null);
    if (elsewhere && now != null && context.model().standing(now) == LockStanding.ELSEWHERE) {
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

  /** The open form, if it is that of a ticket. */
  Optional<TicketForm> form(TicketId ticket) {
    return context.input() instanceof TicketForm form && form.isAbout(ticket)
        ? Optional.of(form)
        : Optional.empty();
  }

  void held(EffectResult.Held event) {
    context.answered(event.id());
    Ticket ticket = event.granted().event().event().ticket();
    long token = ticket.lock().token();
    Ticket known = context.tickets.find(ticket.id()).orElse(null);
    OwnLocks locks = context.pending.locks().tookForForm(ticket, known);
    context.pending = context.pending.with(locks);
    TicketForm form = asking(ticket.id()).orElse(null);
    if (form == null) {
      // The form was closed before its lock was granted.
      context.effect(new Effect.Release(token));
    } else {
      proceed(form.with(FormLease.held(token)));
    }
  }

  private Optional<TicketForm> asking(TicketId ticket) {
    return form(ticket).filter(form -> form.lease().phase() == FormLease.Phase.ASKED);
  }

  /** The lock was taken over from another program. */
  void tookOver(WireEvent.TicketLocked locked) {
    long token = locked.ticket().lock().token();
    asking(locked.ticket().id()).ifPresent(form -> proceed(form.with(FormLease.byHand(token))));
  }

  /** Continues with the save or the editor that waited for the lock. */
  private void proceed(TicketForm held) {
    context.input(held);
    if (held.saving() == Saving.WISHED) {
      new FormSaving(context).save(held.with(Saving.NO));
    } else {
      startDescribing();
    }
  }

  /**
   * Starts the external editor once lock and draft are there; a restored draft is continued in it.
   */
  void startDescribing() {
    boolean ready = context.editor.describing() && context.drafts().sought() == null;
    if (ready && context.input() instanceof TicketForm form && form.lease().isHeld()) {
      if (!form.touched()) {
        new ExternalEditing(context).begin();
      }
    }
  }

  /** The lock was refused: closes an untouched form, keeps any other open. */
  void refused(PendingEffect asked, EffectResult.Refused event, String sentence) {
    TicketForm form = form(asked.ticket()).orElse(null);
    if (form == null) {
      return;
    }
    LockRefusal why = LockRefusal.of(context.model(), asked, event);
    if (why != null && why.standing() == LockStanding.HERE && why.own() != null) {
      // The lock was taken by hand a moment before.
      proceed(form.with(FormLease.byHand(why.own())));
    } else if (form.touched()
        || form.saving() == Saving.WISHED
        || context.pending.has(PendingKind.EDITOR)) {
      context.input(form.with(lease(why, sentence)).with(Saving.NO));
    } else {
      boolean describing = context.editor.describing();
      new EditorUpdates(context).close();
      closed(why, sentence, describing);
    }
  }

  private FormLease lease(LockRefusal why, String sentence) {
    if (why == null) {
      return FormLease.without(FormLease.Phase.REFUSED, sentence);
    }
    return switch (why.standing()) {
      case FREE ->
          FormLease.without(FormLease.Phase.REFUSED, why.sentence(context.model(), sentence));
      case OTHERS -> FormLease.without(FormLease.Phase.BLOCKED, sentence);
      case HERE, ELSEWHERE ->
          FormLease.without(
              FormLease.Phase.ELSEWHERE,
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
      context.refuse(why.sentence(context.model(), sentence), why.seen());
    }
  }

  /** A new snapshot arrived: merges the form with its ticket. */
  void reloaded() {
    if (context.input() instanceof TicketForm form && !form.isNew()) {
      context.tickets.find(form.base().id()).ifPresent(now -> context.input(rebased(form, now)));
    }
  }

  /**
   * Merges the form with the present version of its ticket, field by field: fields not edited here
   * follow; where both sides changed a field, the text typed here stays and the other is shown
   * beside it (optimistic concurrency; {@code base} is the common ancestor).
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

  /** Whether the value of a field was typed here, or is about to be. */
  private boolean isMine(TicketForm form, TicketField<?> field, String before) {
    boolean typing = field == form.focused() && form.typedInto().contains(field);
    boolean elsewhere = field == TicketField.DESCRIPTION && context.pending.has(PendingKind.EDITOR);
    return typing || elsewhere || !form.value(field).text().equals(before);
  }
}
