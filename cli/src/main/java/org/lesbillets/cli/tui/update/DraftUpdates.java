package org.lesbillets.cli.tui.update;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.DraftState;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketField;

/**
 * Results of reads and writes of drafts on disk. A draft that is found late never replaces text
 * typed since. On the thread of the view.
 */
record DraftUpdates(UpdateContext context) {
  /** A write has ended. A repeated failure is reported once. */
  void kept(EffectResult.DraftSaved event) {
    DraftState before = context.drafts();
    if (event.trouble() == null) {
      if (context.status() == context.drafts().troubleSaid()) {
        context.status(StatusLine.NOTHING);
      }
      trouble(null);
      return;
    }
    if (event.path() == null) {
      context.drafts(context.drafts().withSaved(null));
    } else {
      soughtFor(event.key());
    }
    if (!event.trouble().equals(before.trouble())) {
      context.refuse(
          event.path() == null
              ? "What you typed is not on disk: " + event.trouble()
              : Sentence.of(event.trouble()));
      trouble(event.trouble());
    }
  }

  private void trouble(String sentence) {
    context.drafts(context.drafts().troubled(sentence, sentence == null ? null : context.status()));
  }

  void found(EffectResult.DraftFound event) {
    DraftKey open = context.input() == null ? null : context.input().draftKey();
    boolean here = open != null && open.subject().equals(event.key().subject());
    if (here && isTaken()) {
      context.done(
          "An earlier draft, of " + event.when() + ", is kept: it is there the next time.");
    } else if (here) {
      restore(event);
    }
    soughtFor(event.key());
  }

  /** The look-up of a draft has ended, found or not: continues with what waited for it. */
  void soughtFor(DraftKey key) {
    DraftKey sought = context.drafts().sought();
    if (sought == null || !sought.subject().equals(key.subject())) {
      return;
    }
    boolean wished = context.drafts().editorWished();
    context.drafts(context.drafts().seeking(null));
    if (wished) {
      new ExternalEditing(context).begin();
    } else {
      new FormLocks(context).startDescribing();
    }
  }

  private void restore(EffectResult.DraftFound event) {
    context.effect(new Effect.TakeDraft(event.key()));
    String notice = "This is your draft of " + event.when() + "; " + throwAway();
    if (context.input() instanceof CommentBox box) {
      context.input(box.restored(event.text(), notice));
      context.drafts(context.drafts().withSaved(event.text()));
    } else if (context.input() instanceof TicketForm form) {
      restore(form, event, notice);
    }
  }

  /** Whether text was typed before the draft was found. */
  private boolean isTaken() {
    return context.pending.has(PendingKind.EDITOR)
        || context.input().touched()
        || context.input() instanceof CommentBox box && box.sending();
  }

  private String throwAway() {
    return context
        .settings
        .keys()
        .key(Action.DISCARD)
        .map(key -> key + " throws it away.")
        .orElse("it goes when it is sent.");
  }

  /**
   * Restores the fields of a form. A draft made from an older version of the ticket is merged with
   * the present one.
   */
  private void restore(TicketForm form, EffectResult.DraftFound event, String notice) {
    Map<TicketField<?>, TypedText> typed = new LinkedHashMap<>();
    typed.putAll(form.values());
    typed.putAll(event.fields());
    TicketForm restored = form.restored(typed, notice);
    // A merge changes the text but not the file: the next edit writes it.
    Object onDisk = restored.savedText();
    if (event.key() instanceof DraftKey.OfEdit edit) {
      Ticket now = context.tickets.find(form.base().id()).orElse(null);
      TicketForm old = restored.rebased(edit.base(), restored.values(), form.theirs());
      restored = now == null ? old : new FormLocks(context).rebased(old, now);
    }
    if (restored.texts().equals(form.texts())) {
      return;
    }
    context.input(restored);
    context.drafts(context.drafts().withSaved(onDisk));
    // A restored draft was not reviewed yet, so the external editor does not submit it.
    context.editor =
        context.editor.describing(context.editor.describing() && isOfDescription(restored));
  }

  /** Whether only the description differs, without a conflict. */
  private static boolean isOfDescription(TicketForm form) {
    TicketField<?> description = TicketField.DESCRIPTION;
    return form.theirs().isEmpty()
        && form.with(description, TypedText.EMPTY).following(description).isUnchanged();
  }
}
