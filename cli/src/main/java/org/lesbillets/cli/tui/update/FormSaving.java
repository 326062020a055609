package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.command.edit.ContentPatch;
import org.lesbillets.cli.command.edit.TemplateException;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.editor.FormLease;
import org.lesbillets.cli.tui.state.editor.FormText;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.editor.TicketForm.Saving;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;

/**
 * Submission of a form: creates a ticket, or updates one under its lock. Waits for a lock that is
 * still requested. On the thread of the view.
 */
record FormSaving(UpdateContext context) {
  void save(TicketForm form) {
    try {
      TicketContent content = FormText.read(form, context.typist());
      if (form.isNew()) {
        create(form, content);
      } else {
        update(form, ContentPatch.checked(form.base().content(), content));
      }
    } catch (TemplateException e) {
      context.input(form.with(Saving.NO).noticed(Sentence.of(e.getMessage())));
    }
  }

  private void create(TicketForm form, TicketContent content) throws TemplateException {
    TicketContent checked = ContentPatch.checkedNew(content);
    long id = new EditorUpdates(context).send(PendingKind.CREATE, null, "creating the ticket");
    context.effect(new Effect.Change(id, new ClientMessage.CreateTicket(checked)));
    context.input(form.with(Saving.SENT).noticed(null));
  }

  private void update(TicketForm form, TicketPatch patch) {
    if (patch.isNothing()) {
      new EditorUpdates(context).close();
      new FormLocks(context).release(form);
      new EditorUpdates(context).drop(form.draftKey());
      context.done("Nothing was changed: #" + form.base().number() + " stays as it is.");
    } else if (form.lease().isHeld()) {
      send(form, patch);
    } else {
      // Continued by FormLocks once the lock is granted.
      context.input(form.with(Saving.WISHED).noticed(null));
      if (form.lease().isGone()) {
        new FormLocks(context).ask((TicketForm) context.input());
      }
    }
  }

  private void send(TicketForm form, TicketPatch patch) {
    FormLease lease = form.lease();
    ClientMessage.UpdateTicket update =
        new ClientMessage.UpdateTicket(TicketRef.of(form.base().id()), patch, lease.token())
            .onlyAt(form.base().revision())
            .unlocking(lease.kept());
    String words = "saving #" + form.base().number();
    long id = new EditorUpdates(context).send(PendingKind.SAVE, form.base().id(), words);
    context.effect(
        lease.kept()
            ? new Effect.Finish(id, lease.token(), update)
            : new Effect.Change(id, update));
    context.input(form.with(Saving.SENT).noticed(null));
  }
}
