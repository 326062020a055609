package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.edit.ContentPatch;
import org.lesbillets.cli.edit.TemplateException;
import org.lesbillets.cli.tui.state.FormLease;
import org.lesbillets.cli.tui.state.FormText;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.state.TicketForm.Saving;
import org.lesbillets.model.TicketDraft;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;

/** Sends what a form says: as a new ticket, or as the change to one that is locked meanwhile. */
final class FormSaving {
  private final Step step;
  private final UiModel model;

  FormSaving(Step step) {
    this.step = step;
    this.model = step.model;
  }

  void save(TicketForm form) {
    try {
      TicketContent content = FormText.read(form, model.me());
      if (form.isNew()) {
        create(form, content);
      } else {
        update(form, ContentPatch.checked(form.base().content(), content));
      }
    } catch (TemplateException e) {
      model.input = form.with(Saving.NO).noticed(Outcomes.sentence(e.getMessage()));
    }
  }

  private void create(TicketForm form, TicketContent content) throws TemplateException {
    TicketDraft draft = ContentPatch.checkedNew(content);
    step.keepDraft();
    model.awaited = step.pend(Deed.CREATE, null, "creating the ticket", null);
    step.effect(
        new Effect.Change(model.awaited, new ClientMessage.CreateTicket(null, null, draft)));
    model.input = form.with(Saving.SENT).noticed(null);
  }

  private void update(TicketForm form, TicketPatch patch) {
    if (patch.equals(TicketPatch.NOTHING)) {
      step.close();
      new FormLocks(step).release(form);
      step.drop(Step.key(form));
      step.done("Nothing was changed: #" + form.base().number() + " stays as it is.");
    } else if (form.lease().isHeld()) {
      send(form, patch);
    } else {
      // It goes on as soon as the lock is there.
      model.input = form.with(Saving.WISHED).noticed(null);
      if (form.lease().isGone()) {
        new FormLocks(step).ask((TicketForm) model.input);
      }
    }
  }

  private void send(TicketForm form, TicketPatch patch) {
    FormLease lease = form.lease();
    ClientMessage.UpdateTicket update =
        new ClientMessage.UpdateTicket(
            null,
            null,
            TicketRef.of(form.base().id()),
            patch,
            lease.token(),
            form.base().revision(),
            lease.kept());
    step.keepDraft();
    model.awaited = step.pend(Deed.SAVE, form.base().id(), "saving #" + form.base().number(), null);
    step.effect(
        lease.kept()
            ? new Effect.Finish(model.awaited, lease.token(), update)
            : new Effect.Change(model.awaited, update));
    model.input = form.with(Saving.SENT).noticed(null);
  }
}
