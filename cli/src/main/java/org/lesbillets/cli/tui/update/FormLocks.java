package org.lesbillets.cli.tui.update;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lesbillets.cli.edit.DraftBase;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.FormLease;
import org.lesbillets.cli.tui.state.FormText;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.state.TicketForm.Saving;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketField;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;

/**
 * Forms of tickets that are there: the lock they are edited under, and what others do meanwhile.
 */
final class FormLocks {
  private final Step step;
  private final UiModel model;

  FormLocks(Step step) {
    this.step = step;
    this.model = step.model;
  }

  /** A lock was taken by hand. */
  void taken(WireEvent.TicketLocked locked) {
    model.taken.put(locked.ticket().id(), locked.ticket().lock().token());
  }

  /** Whether the lock there is was taken by hand in this view. */
  boolean isTaken(Ticket ticket) {
    return ticket.isLocked() && Objects.equals(model.taken.get(ticket.id()), ticket.lock().token());
  }

  /** Opens the form at once; its lock comes when it comes, or was taken by hand before. */
  void open(Ticket ticket) {
    TicketForm form = TicketForm.of(ticket);
    step.open(form);
    if (isTaken(ticket)) {
      model.input = form.with(FormLease.byHand(ticket.lock().token()));
    } else {
      ask(form);
    }
    step.effect(new Effect.FindDraft(Step.key(form)));
  }

  /** Opens the form for the description alone, which is edited elsewhere. */
  void describe(Ticket ticket) {
    open(ticket);
    TicketForm form = (TicketForm) model.input;
    TicketForm focused = form.focusedOn(form.fields().indexOf(TicketField.DESCRIPTION));
    model.input = focused;
    model.describing = true;
    if (focused.lease().isHeld()) {
      new FormKeys(step, focused).act(Action.EDITOR);
    }
  }

  /** Asks for the lock, unless a form that was left before is still waiting for it. */
  void ask(TicketForm form) {
    model.input = form.with(FormLease.ASKED);
    boolean asked =
        model.pending.values().stream()
            .anyMatch(one -> one.deed() == Deed.HOLD && one.ticket().equals(form.base().id()));
    if (asked) {
      return;
    }
    long id = step.pend(Deed.HOLD, form.base().id(), "locking #" + form.base().number(), null);
    step.effect(new Effect.Hold(id, TicketRef.of(form.base().id())));
  }

  void release(TicketForm form) {
    if (form.lease().kept()) {
      step.effect(new Effect.Release(form.lease().token()));
    }
  }

  /** Whether somebody is in their editor. */
  private boolean isEdited() {
    return model.pending.values().stream().anyMatch(one -> one.deed() == Deed.EDITOR);
  }

  private Optional<TicketForm> form(Ticket ticket) {
    return model.input instanceof TicketForm form && form.isAbout(ticket)
        ? Optional.of(form)
        : Optional.empty();
  }

  void held(UiEvent.Held event) {
    model.pending.remove(event.id());
    Ticket ticket = event.granted().event().event().ticket();
    long token = ticket.lock().token();
    TicketForm form =
        form(ticket).filter(one -> one.lease().phase() == FormLease.Phase.ASKED).orElse(null);
    if (form == null) {
      // Somebody left the form before its lock was there.
      step.effect(new Effect.Release(token));
      return;
    }
    TicketForm held = form.with(FormLease.held(token));
    model.input = held;
    if (held.saving() == Saving.WISHED) {
      new FormSaving(step).save(held.with(Saving.NO));
    } else if (model.describing && !held.touched()) {
      new FormKeys(step, held).act(Action.EDITOR);
    }
  }

  /** The lock was not given: a form that nobody has done anything in closes, another one stays. */
  void refused(Pending asked, String sentence) {
    if (!(model.input instanceof TicketForm form)
        || form.isNew()
        || !form.base().id().equals(asked.ticket())) {
      return;
    }
    if (form.touched() || form.saving() == Saving.WISHED || isEdited()) {
      model.input = form.with(FormLease.refused(sentence)).with(Saving.NO);
    } else {
      step.close();
      step.refuse(sentence);
    }
  }

  void lost(UiEvent.Lost event) {
    TicketForm form = model.input instanceof TicketForm open ? open : null;
    if (form == null || form.lease().token() != event.token()) {
      return;
    }
    lose(form, event.why().sentence());
  }

  private void lose(TicketForm form, String sentence) {
    model.input = form.with(FormLease.lost(sentence)).with(Saving.NO);
    step.keepDraft();
    step.alarm("The lock of #" + form.base().number() + " is lost: " + sentence + ".");
  }

  /** Something happened to a ticket. */
  void happened(Ticket now, WireEvent event) {
    form(now)
        .filter(form -> form.lease().isHeld() && !form.lease().kept())
        .filter(form -> form.saving() != Saving.SENT)
        .filter(form -> !now.isLocked() || now.lock().token() != form.lease().token())
        .ifPresent(form -> lose(form, EventSentence.whoAndWhat(event)));
    form(now)
        .filter(form -> event.changesContent() && form.saving() != Saving.SENT)
        .ifPresent(form -> model.input = rebased(form, now));
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
    Map<TicketField, TypedText> typed = new EnumMap<>(form.values());
    Map<TicketField, String> theirs = new EnumMap<>(TicketField.class);
    theirs.putAll(form.theirs());
    for (TicketField field : TicketField.values()) {
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
  private boolean isMine(TicketForm form, TicketField field, String before) {
    boolean typing = field == form.focused() && form.typedInto().contains(field);
    boolean elsewhere = field == TicketField.DESCRIPTION && isEdited();
    return typing || elsewhere || !form.value(field).text().equals(before);
  }
}
