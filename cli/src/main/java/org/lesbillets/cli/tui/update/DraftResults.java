package org.lesbillets.cli.tui.update;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.CommentBox;
import org.lesbillets.cli.tui.state.DraftKey;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketField;

/** What the disk tells of drafts. What was typed meanwhile is never given up for one. */
final class DraftResults {
  private final UpdateContext context;
  private final UiModel model;

  DraftResults(UpdateContext context) {
    this.context = context;
    this.model = context.model;
  }

  /** What goes wrong again and again is said once. */
  void kept(EffectResult.DraftKept event) {
    String before = model.disk.trouble;
    model.disk.trouble = event.trouble();
    if (event.trouble() == null) {
      if (model.status == model.disk.troubleSaid) {
        model.status = StatusLine.NOTHING;
      }
      return;
    }
    if (event.path() == null) {
      model.disk.kept = null;
    } else {
      soughtFor(event.key());
    }
    if (!event.trouble().equals(before)) {
      context.refuse(
          event.path() == null
              ? "What you typed is not on disk: " + event.trouble()
              : Sentence.of(event.trouble()));
      model.disk.troubleSaid = model.status;
    }
  }

  void found(EffectResult.DraftFound event) {
    boolean here =
        model.input instanceof CommentBox box && UpdateContext.key(box).equals(event.key())
            || model.input instanceof TicketForm form && isOf(form, event.key());
    if (here && isTaken()) {
      context.done(
          "An earlier draft, of " + event.when() + ", is kept: it is there the next time.");
    } else if (here) {
      restore(event);
    }
    soughtFor(event.key());
  }

  /** It is known now whether there is a draft: what waited for that goes on. */
  void soughtFor(DraftKey key) {
    if (model.disk.sought == null || !model.disk.sought.subject().equals(key.subject())) {
      return;
    }
    model.disk.sought = null;
    boolean wished = model.disk.editorWished;
    model.disk.editorWished = false;
    if (wished && model.input instanceof TicketForm form) {
      new FormKeys(context, form).act(Action.EDITOR);
    } else if (wished && model.input instanceof CommentBox box) {
      new CommentKeys(context, box).act(Action.EDITOR);
    } else {
      new FormLocks(context).startDescribing();
    }
  }

  private void restore(EffectResult.DraftFound event) {
    context.effect(new Effect.TakeDraft(event.key()));
    String notice = "This is your draft of " + event.when() + "; " + throwAway();
    if (model.input instanceof CommentBox box) {
      model.input = box.restored(event.text(), notice);
      model.disk.kept = event.text();
    } else if (model.input instanceof TicketForm form) {
      restore(form, event, notice);
    }
  }

  /** Whether somebody was faster than the disk, and typed. */
  private boolean isTaken() {
    boolean elsewhere =
        model.pending.values().stream().anyMatch(one -> one.deed() == PendingKind.EDITOR);
    return elsewhere
        || model.input instanceof TicketForm form && form.touched()
        || model.input instanceof CommentBox box && (box.touched() || box.sending());
  }

  private String throwAway() {
    return model.settings.keys().keys(Action.DISCARD).stream()
        .findFirst()
        .map(key -> key + " throws it away.")
        .orElse("it goes when it is sent.");
  }

  private static boolean isOf(TicketForm form, DraftKey key) {
    if (form.isNew()) {
      return key instanceof DraftKey.OfNew;
    }
    return key instanceof DraftKey.OfEdit edit && edit.base().id().equals(form.base().id());
  }

  /** A draft of a ticket that has moved since is brought over to it. */
  private void restore(TicketForm form, EffectResult.DraftFound event, String notice) {
    Map<TicketField<?>, TypedText> typed = new LinkedHashMap<>();
    typed.putAll(form.values());
    typed.putAll(event.fields());
    TicketForm restored = form.restored(typed, notice);
    if (event.key() instanceof DraftKey.OfEdit edit) {
      Ticket now = model.tickets.find(form.base().id()).orElse(null);
      TicketForm old = restored.rebased(edit.base(), restored.values(), form.theirs());
      restored = now == null ? old : new FormLocks(context).rebased(old, now);
    }
    if (restored.texts().equals(form.texts())) {
      return;
    }
    model.input = restored;
    model.disk.kept = restored.texts();
    // What one has not seen yet is not sent from an editor for the description alone.
    model.describing = model.describing && isOfDescription(restored);
  }

  /** Whether nothing but the description differs, without a conflict. */
  private static boolean isOfDescription(TicketForm form) {
    TicketField<?> description = TicketField.DESCRIPTION;
    return form.theirs().isEmpty()
        && form.with(description, TypedText.EMPTY).following(description).isUnchanged();
  }
}
