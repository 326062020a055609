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

/**
 * A comment or a description in an external editor: when it starts, and its result. On the thread
 * of the view; at most one editor runs, since it owns the terminal.
 */
record ExternalEditing(UpdateContext context) {
  /**
   * Starts the editor on the text of the open input; if the draft of an untouched input is still
   * being looked up, after that.
   */
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
    context.editor = context.editor.showingTicketText(ofTicket);
    long id = context.pend(PendingKind.EDITOR, form.isNew() ? null : form.base().id(), null);
    context.effect(new Effect.Edit(id, text));
  }

  void edited(EffectResult.Edited event) {
    PendingEffect asked = context.answered(event.id());
    context.effect(Effect.LoopCommand.REPAINT);
    if (asked == null) {
      return;
    }
    if (event.trouble() != null) {
      context.refuse(Sentence.of(event.trouble()));
    }
    if (context.input() instanceof CommentBox box && event.text() != null) {
      context.input(box.with(TypedText.of(event.text())));
      new EditorUpdates(context).saveDraft();
    } else if (context.input() instanceof TicketForm form) {
      described(form, event);
    }
  }

  private void described(TicketForm form, EffectResult.Edited event) {
    String before = form.value(TicketField.DESCRIPTION).text();
    if (event.text() == null || event.text().equals(before)) {
      context.input(
          context.editor.showsTicketText() ? form.following(TicketField.DESCRIPTION) : form);
    } else {
      context.input(form.with(TicketField.DESCRIPTION, TypedText.of(event.text())));
      new EditorUpdates(context).saveDraft();
    }
    TicketForm now = (TicketForm) context.input();
    if (context.editor.describing()) {
      context.editor = context.editor.describing(false);
      described(now, event.trouble() != null);
    }
  }

  /**
   * Submits the form that was opened for the description alone, unless there is a conflict to look
   * at.
   */
  private void described(TicketForm form, boolean failed) {
    if (failed) {
      new EditorUpdates(context).close();
      new FormLocks(context).release(form);
    } else if (!form.touched() && !form.isUnchanged()) {
      // A restored draft that was left unchanged is not submitted.
      context.input(form);
    } else if (form.theirs().isEmpty()) {
      new FormSaving(context).save(form);
    } else {
      context.input(form.noticed("Others changed it meanwhile: look at both, and save."));
    }
  }
}
