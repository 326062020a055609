package org.lesbillets.cli.tui.update;

import java.util.EnumMap;
import java.util.Map;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.CommentBox;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketField;

/** What the disk tells of drafts. What was typed meanwhile is never given up for one. */
final class DraftOutcomes {
  private final Step step;
  private final UiModel model;

  DraftOutcomes(Step step) {
    this.step = step;
    this.model = step.model;
  }

  /** What goes wrong again and again is said once. */
  void kept(UiEvent.DraftKept event) {
    String before = model.diskTrouble;
    model.diskTrouble = event.trouble();
    if (event.trouble() == null) {
      return;
    }
    if (event.path() == null) {
      model.kept = null;
    }
    if (!event.trouble().equals(before)) {
      step.refuse(
          event.path() == null
              ? "What you typed is not on disk: " + event.trouble()
              : Outcomes.sentence(event.trouble()));
    }
  }

  void found(UiEvent.DraftFound event) {
    boolean here =
        model.input instanceof CommentBox box && Step.key(box).equals(event.key())
            || model.input instanceof TicketForm form && isOf(form, event.key());
    if (!here) {
      return;
    }
    if (isTaken()) {
      step.done("An earlier draft, of " + event.when() + ", is kept: it is there the next time.");
      return;
    }
    step.effect(new Effect.TakeDraft(event.key()));
    String notice = "This is your draft of " + event.when() + "; " + throwAway();
    if (model.input instanceof CommentBox box) {
      model.input = box.restored(event.text(), notice);
      model.kept = event.text();
    } else if (model.input instanceof TicketForm form) {
      restore(form, event, notice);
    }
  }

  /** Whether somebody was faster than the disk, and typed. */
  private boolean isTaken() {
    boolean elsewhere = model.pending.values().stream().anyMatch(one -> one.deed() == Deed.EDITOR);
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
  private void restore(TicketForm form, UiEvent.DraftFound event, String notice) {
    Map<TicketField, TypedText> typed = new EnumMap<>(TicketField.class);
    typed.putAll(form.values());
    typed.putAll(event.fields());
    TicketForm restored = form.restored(typed, notice);
    if (event.key() instanceof DraftKey.OfEdit edit) {
      Ticket now = model.tickets.find(form.base().id()).orElse(null);
      TicketForm old = restored.rebased(edit.base(), restored.values(), form.theirs());
      restored = now == null ? old : new FormLocks(step).rebased(old, now);
    }
    if (restored.texts().equals(form.texts())) {
      return;
    }
    model.input = restored;
    model.kept = restored.texts();
    // What one has not seen yet is not sent from an editor for the description alone.
    model.describing = false;
  }
}
