package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.command.edit.ContentPatch;
import org.lesbillets.cli.command.edit.TemplateException;
import org.lesbillets.cli.tui.state.FormLease;
import org.lesbillets.cli.tui.state.FormText;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.state.TicketForm.Saving;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;

/** Sends what a form says: as a new ticket, or as the change to one that is locked meanwhile. */
final class FormSaving {
  private final UpdateContext context;
  private final UiModel model;

  FormSaving(UpdateContext context) {
    this.context = context;
    this.model = context.model;
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
      model.input = form.with(Saving.NO).noticed(Sentence.of(e.getMessage()));
    }
  }

  private void create(TicketForm form, TicketContent content) throws TemplateException {
    TicketContent checked = ContentPatch.checkedNew(content);
    context.keepDraft();
    model.awaited = context.pend(PendingKind.CREATE, null, "creating the ticket", null);
    context.effect(
        new Effect.Change(model.awaited, new ClientMessage.CreateTicket(null, null, checked)));
    model.input = form.with(Saving.SENT).noticed(null);
  }

  private void update(TicketForm form, TicketPatch patch) {
    if (patch.isNothing()) {
      context.close();
      new FormLocks(context).release(form);
      context.drop(UpdateContext.key(form));
      context.done("Nothing was changed: #" + form.base().number() + " stays as it is.");
    } else if (form.lease().isHeld()) {
      send(form, patch);
    } else {
      // It goes on as soon as the lock is there.
      model.input = form.with(Saving.WISHED).noticed(null);
      if (form.lease().isGone()) {
        new FormLocks(context).ask((TicketForm) model.input);
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
    context.keepDraft();
    model.awaited =
        context.pend(PendingKind.SAVE, form.base().id(), "saving #" + form.base().number(), null);
    context.effect(
        lease.kept()
            ? new Effect.Finish(model.awaited, lease.token(), update)
            : new Effect.Change(model.awaited, update));
    model.input = form.with(Saving.SENT).noticed(null);
  }
}
