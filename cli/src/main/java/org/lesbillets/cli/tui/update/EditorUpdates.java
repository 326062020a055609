package org.lesbillets.cli.tui.update;

import java.util.Map;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.Input;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.TicketForm;

/** Opens and closes inputs, and keeps what is typed into them as drafts on disk. */
record EditorUpdates(UpdateContext context) {
  /** Opens an input in place of the one that is there, whose text is kept. */
  void open(Input input) {
    keepDraft();
    if (context.status().kind() != StatusLine.Kind.ALARM) {
      // What was said is read by now, and its place is wanted for the keys that work here.
      context.status(StatusLine.NOTHING);
    }
    context.editor(context.editor().opened(input));
  }

  /** Opens an input, and looks for what was kept of it. */
  void openWithDraft(Input input, DraftKey key) {
    open(input);
    context.drafts(context.drafts().seeking(key));
    context.effect(new Effect.FindDraft(key));
  }

  /** Closes the input; what it holds is not wanted any more. */
  void close() {
    context.editor(context.editor().opened(null));
    context.view(context.view().dequeued());
  }

  /** Puts on disk what was typed, if it is not there already. */
  void keepDraft() {
    Input input = context.input();
    Object text = input == null ? null : input.savedText();
    if (text == null || text.equals(context.drafts().saved()) || !input.touched()) {
      return;
    }
    context.drafts(context.drafts().saved(text, context.now()));
    if (input instanceof TicketForm form) {
      keep(new Effect.KeepDraft(form.draftKey(), form.values(), null));
    } else if (input instanceof CommentBox box && box.typed().text().isBlank()) {
      drop(box.draftKey());
    } else if (input instanceof CommentBox box) {
      keep(new Effect.KeepDraft(box.draftKey(), Map.of(), box.typed().text()));
    }
  }

  private void keep(Effect.KeepDraft draft) {
    context.drafts(context.drafts().written(draft.key(), context.pending().lastId()));
    context.effect(draft);
  }

  /** Forgets a draft. */
  void drop(DraftKey key) {
    context.drafts(context.drafts().dropped(key));
    context.effect(new Effect.DropDraft(key));
  }

  /** Forgets a draft that was sent, unless something else was typed in its place since. */
  void dropSent(DraftKey key, long id) {
    if (!context.drafts().isWrittenSince(key, id)) {
      drop(key);
    }
  }
}
