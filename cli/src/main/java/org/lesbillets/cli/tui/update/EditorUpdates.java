package org.lesbillets.cli.tui.update;

import java.util.Map;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.Input;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.model.TicketId;

/**
 * Opening and closing of inputs, and their drafts: text is written to disk at least once a second
 * and whenever the input closes. On the thread of the view.
 */
record EditorUpdates(UpdateContext context) {

  /** The keys of one kind of input. */
  interface InputKeys {
    /** A key that is bound to an action. */
    void act(Action action);

    /** A key that types, or a paste. */
    void type(String text);
  }

  /** Opens an input; the text of the one it replaces is kept as a draft. */
  void open(Input input) {
    saveDraft();
    if (context.status().kind() != StatusLine.Kind.ALARM) {
      // The message was read by now, and its row is needed for the keys of the input.
      context.status(StatusLine.NOTHING);
    }
    context.editor = context.editor.opened(input);
  }

  /** Opens an input and starts the look-up of its draft. */
  void openWithDraft(Input input) {
    open(input);
    context.drafts(context.drafts().seeking(input.draftKey()));
    context.effect(new Effect.FindDraft(input.draftKey()));
  }

  /** Closes the input without keeping its text, and shows output that was queued behind it. */
  void close() {
    context.editor = context.editor.opened(null);
    context.view = context.view.dequeued();
  }

  /** Saves the draft of the open input and registers the effect that sends it. */
  long send(PendingKind kind, TicketId ticket, String words) {
    saveDraft();
    long id = context.pend(kind, ticket, words);
    context.editor = context.editor.awaiting(id);
    return id;
  }

  /** Writes the text to disk, unless it is unchanged since the last write. */
  void saveDraft() {
    Input input = context.input();
    Object text = input == null ? null : input.savedText();
    if (text == null || text.equals(context.drafts().saved()) || !input.touched()) {
      return;
    }
    context.drafts(context.drafts().saved(text, context.now));
    if (input instanceof TicketForm form) {
      keep(new Effect.SaveDraft(form.draftKey(), form.values(), null));
    } else if (input instanceof CommentBox box && box.typed().text().isBlank()) {
      drop(box.draftKey());
    } else if (input instanceof CommentBox box) {
      keep(new Effect.SaveDraft(box.draftKey(), Map.of(), box.typed().text()));
    }
  }

  private void keep(Effect.SaveDraft draft) {
    context.drafts(context.drafts().written(draft.key(), context.pending.lastId()));
    context.effect(draft);
  }

  /** Deletes a draft. */
  void drop(DraftKey key) {
    context.drafts(context.drafts().dropped(key));
    context.effect(new Effect.DropDraft(key));
  }

  /** Deletes a draft that was sent, unless it was overwritten since the effect {@code id}. */
  void dropSent(DraftKey key, long id) {
    if (!context.drafts().isWrittenSince(key, id)) {
      drop(key);
    }
  }
}
