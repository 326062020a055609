package org.lesbillets.cli.tui.update;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lesbillets.cli.command.edit.DraftBase;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.ChoiceMenu;
import org.lesbillets.cli.tui.state.FormLease;
import org.lesbillets.cli.tui.state.FormText;
import org.lesbillets.cli.tui.state.LockStanding;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.state.TicketForm.Saving;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;

/**
 * Forms of tickets that are there: the lock they are edited under, and what others do meanwhile.
 */
final class FormLocks {
  private final UpdateContext context;
  private final UiModel model;

  FormLocks(UpdateContext context) {
    this.context = context;
    this.model = context.model;
  }

  /** A lock was taken by hand. */
  void taken(WireEvent.TicketLocked locked) {
    Ticket ticket = locked.ticket();
    model.own.tookByHand(ticket, model.tickets.find(ticket.id()).orElse(null));
  }

  /** Whether the lock there is was taken by hand in this view. */
  boolean isTaken(Ticket ticket) {
    return ticket.isLocked()
        && Objects.equals(model.own.byHand(ticket.id()), ticket.lock().token());
  }

  /** Opens the form of a ticket; where one's own lock is elsewhere, asks first. */
  void edit(Ticket ticket) {
    if (model.standing(ticket) == LockStanding.ELSEWHERE) {
      new TicketKeys(context).askToTakeOver(ChoiceMenu.Question.EDIT_UNDER_OWN, ticket);
    } else {
      open(ticket);
    }
  }

  /** The same for the description alone, which is edited in an editor. */
  void describe(Ticket ticket) {
    if (model.standing(ticket) == LockStanding.ELSEWHERE) {
      new TicketKeys(context).askToTakeOver(ChoiceMenu.Question.DESCRIBE_UNDER_OWN, ticket);
    } else {
      open(ticket);
      describing();
    }
  }

  /** One's own lock is to be taken from another program, and the form opened under it. */
  void takeOver(ChoiceMenu answered) {
    Ticket ticket = model.tickets.find(answered.ticket().id()).orElse(answered.ticket());
    TicketForm form = TicketForm.of(ticket);
    context.openWithDraft(form, UpdateContext.key(form));
    takeOver(answered.ticket());
    if (answered.question() == ChoiceMenu.Question.DESCRIBE_UNDER_OWN) {
      describing();
    }
  }

  private void takeOver(Ticket seen) {
    String words = "taking over the lock of #" + seen.number();
    long id = context.pend(PendingKind.TAKE_OVER, seen.id(), words, null);
    context.effect(new Effect.Change(id, TicketKeys.stealing(seen, null)));
  }

  /** Opens the form at once; its lock comes when it comes, or was taken by hand before. */
  private void open(Ticket ticket) {
    TicketForm form = TicketForm.of(ticket);
    context.openWithDraft(form, UpdateContext.key(form));
    if (isTaken(ticket)) {
      model.input = form.with(FormLease.byHand(ticket.lock().token()));
    } else {
      ask(form);
    }
  }

  /** The form is open for the description alone. */
  private void describing() {
    TicketForm form = (TicketForm) model.input;
    model.input = form.focusedOn(form.fields().indexOf(TicketField.DESCRIPTION));
    model.describing = true;
  }

  /** Asks for the lock, unless a form that was left before is still waiting for it. */
  void ask(TicketForm form) {
    boolean elsewhere = form.lease().phase() == FormLease.Phase.ELSEWHERE;
    model.input = form.with(FormLease.ASKED);
    boolean asked =
        model.pending.values().stream().anyMatch(one -> one.isForLockOf(form.base().id()));
    if (asked) {
      return;
    }
    Ticket now = model.tickets.find(form.base().id()).orElse(null);
    if (elsewhere && now != null && model.standing(now) == LockStanding.ELSEWHERE) {
      takeOver(now);
      return;
    }
    long id =
        context.pend(PendingKind.HOLD, form.base().id(), "locking #" + form.base().number(), null);
    context.effect(new Effect.Hold(id, TicketRef.of(form.base().id())));
  }

  void release(TicketForm form) {
    if (form.lease().kept()) {
      context.effect(new Effect.Release(form.lease().token()));
    }
  }

  /** Whether somebody is in their editor. */
  private boolean isEdited() {
    return model.pending.values().stream().anyMatch(one -> one.deed() == PendingKind.EDITOR);
  }

  Optional<TicketForm> form(Ticket ticket) {
    return model.input instanceof TicketForm form && form.isAbout(ticket)
        ? Optional.of(form)
        : Optional.empty();
  }

  void held(EffectResult.Held event) {
    model.pending.remove(event.id());
    Ticket ticket = event.granted().event().event().ticket();
    long token = ticket.lock().token();
    model.own.tookForForm(ticket, model.tickets.find(ticket.id()).orElse(null));
    TicketForm form = asking(ticket.id()).orElse(null);
    if (form == null) {
      // Somebody left the form before its lock was there.
      context.effect(new Effect.Release(token));
    } else {
      goOn(form.with(FormLease.held(token)));
    }
  }

  private Optional<TicketForm> asking(TicketId ticket) {
    return model.input instanceof TicketForm form
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
    model.input = held;
    if (held.saving() == Saving.WISHED) {
      new FormSaving(context).save(held.with(Saving.NO));
    } else {
      startDescribing();
    }
  }

  /** Begins in the editor when lock and draft are there: what was kept is gone on with there. */
  void startDescribing() {
    boolean ready = model.describing && model.disk.sought == null;
    if (ready && model.input instanceof TicketForm form && form.lease().isHeld()) {
      if (!form.touched()) {
        new FormKeys(context, form).act(Action.EDITOR);
      }
    }
  }

  /** The lock was not given: a form that nobody has done anything in closes, another one stays. */
  void refused(PendingEffect asked, EffectResult.Refused event, String sentence) {
    if (!(model.input instanceof TicketForm form)
        || form.isNew()
        || !form.base().id().equals(asked.ticket())) {
      return;
    }
    LockRefusal why = LockRefusal.of(model, asked, event);
    if (why != null && why.standing() == LockStanding.HERE && why.own() != null) {
      // It was just taken by hand.
      goOn(form.with(FormLease.byHand(why.own())));
    } else if (form.touched() || form.saving() == Saving.WISHED || isEdited()) {
      model.input = form.with(lease(why, sentence)).with(Saving.NO);
    } else {
      boolean describing = model.describing;
      context.close();
      closed(why, sentence, describing);
    }
  }

  private FormLease lease(LockRefusal why, String sentence) {
    if (why == null) {
      return FormLease.refused(sentence);
    }
    return switch (why.standing()) {
      case FREE -> FormLease.refused(why.sentence(model, sentence));
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
      new TicketKeys(context).askToTakeOver(question, why.ticket());
    } else {
      context.refuse(why.sentence(model, sentence), why.seen());
    }
  }

  /** Much may have happened. */
  void reloaded() {
    if (model.input instanceof TicketForm form && !form.isNew()) {
      model.tickets.find(form.base().id()).ifPresent(now -> model.input = rebased(form, now));
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
    boolean elsewhere = field == TicketField.DESCRIPTION && isEdited();
    return typing || elsewhere || !form.value(field).text().equals(before);
  }
}
