package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.command.edit.ContentPatch;
import org.lesbillets.cli.command.edit.TemplateException;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.cli.tui.update.EditorUpdates.InputKeys;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;

/**
 * The keys of a {@link CommentBox}. While the comment is being sent, only leaving works. On the
 * thread of the view.
 */
record CommentKeys(UpdateContext context, CommentBox box) implements InputKeys {
  @Override
  public void type(String text) {
    if (box.sending()) {
      context.editor = context.editor.late(context.now.nanos());
      context.input(box.notedWhileSending("It is being sent: what is typed now is left out."));
    } else {
      context.input(box.with(TextEditing.lines(box.typed(), text)));
    }
  }

  @Override
  public void act(Action action) {
    switch (action) {
      case CANCEL -> leave();
      case DISCARD -> discard();
      default -> {
        if (!box.sending()) {
          change(action);
        }
      }
    }
  }

  private void change(Action action) {
    switch (action) {
      case SEND -> send();
      case NEW_LINE -> type("\n");
      case EDITOR -> new ExternalEditing(context).begin();
      default -> {
        TypedText typed = TextEditing.intoLines(context).after(action, box.typed());
        if (typed != null) {
          context.input(box.with(typed));
        }
      }
    }
  }

  private void send() {
    String text = box.typed().text().strip();
    if (text.isEmpty()) {
      leave();
      return;
    }
    ClientMessage.CommentTicket comment;
    try {
      comment = ContentPatch.checkedComment(TicketRef.of(box.ticket()), text);
    } catch (TemplateException e) {
      context.input(box.noticed(Sentence.of(e.getMessage())));
      return;
    }
    String words = "sending the comment on #" + box.number();
    long id = new EditorUpdates(context).send(PendingKind.COMMENT, box.ticket(), words);
    context.effect(new Effect.Change(id, comment));
    context.input(box.sent());
  }

  /** Closes the box and keeps its text as a draft for the next time. */
  private void leave() {
    new EditorUpdates(context).saveDraft();
    new EditorUpdates(context).close();
    if (box.typed().text().isBlank()) {
      new EditorUpdates(context).drop(box.draftKey());
    } else {
      context.done("Your comment on #" + box.number() + " is kept as a draft.");
    }
  }

  private void discard() {
    new EditorUpdates(context).close();
    new EditorUpdates(context).drop(box.draftKey());
    context.done("The comment is thrown away.");
  }
}
