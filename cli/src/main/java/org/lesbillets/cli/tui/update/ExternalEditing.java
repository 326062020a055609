package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.editor.FormText;
import org.lesbillets.cli.tui.state.editor.Input;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.editor.TicketForm.Saving;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.field.TicketField;

/** A comment or a description in an external editor. */
record ExternalEditing(UpdateContext context) {
  /** Edits the text of the open input; waits for the look-up of its draft while it is untouched. */
  void begin() {
    Input input = context.input();
    if (context.drafts().sought() != null && !input.touched()) {
      context.drafts(context.drafts().wishingEditor());
    } else if (input instanceof CommentBox box && !box.sending()) {
      long id = context.pend(PendingKind.EDITOR, box.ticket(), null);
      context.effect(new Effect.Edit(id, box.typed().text()));
    } else if (input instanceof TicketForm form && form.saving() != Saving.SENT) {
      begin(form);
    }
  }

  private void begin(TicketForm form) {
    String text = form.value(TicketField.DESCRIPTION).text();
    boolean ofTicket =
        !form.isNew()
            && text.equals(FormText.written(form.base().content(), TicketField.DESCRIPTION));
    context.editor(context.editor().showingTicketText(ofTicket));
    long id = context.pend(PendingKind.EDITOR, form.isNew() ? null : form.base().id(), null);
    context.effect(new Effect.Edit(id, text));
  }

  void edited(EffectResult.Edited event) {
    PendingEffect asked = context.answered(event.id());
    context.effect(new Effect.Repaint());
    if (asked == null) {
      return;
    }
    if (event.trouble() != null) {
      context.refuse(Sentence.of(event.trouble()));
    }
    if (context.input() instanceof CommentBox box && event.text() != null) {
      context.input(box.with(TypedText.of(event.text())));
      new EditorUpdates(context).keepDraft();
    } else if (context.input() instanceof TicketForm form) {
      described(form, event);
    }
  }

  private void described(TicketForm form, EffectResult.Edited event) {
    String before = form.value(TicketField.DESCRIPTION).text();
    if (event.text() == null || event.text().equals(before)) {
      context.input(
          context.editor().showsTicketText() ? form.following(TicketField.DESCRIPTION) : form);
    } else {
      context.input(form.with(TicketField.DESCRIPTION, TypedText.of(event.text())));
      new EditorUpdates(context).keepDraft();
    }
    TicketForm now = (TicketForm) context.input();
    if (context.editor().describing()) {
      context.editor(context.editor().describing(false));
      described(now, event.trouble() != null);
    }
  }

  /** The form was only there for the editor: what came of it is sent, if it is in nobody's way. */
  private void described(TicketForm form, boolean failed) {
    if (failed) {
      new EditorUpdates(context).close();
      new FormLocks(context).release(form);
    } else if (!form.touched() && !form.isUnchanged()) {
      // An earlier draft that was left as it is has not been sent.
      context.input(form);
    } else if (form.theirs().isEmpty()) {
      new FormSaving(context).save(form);
    } else {
      context.input(form.noticed("Others changed it meanwhile: look at both, and save."));
    }
  }
}
