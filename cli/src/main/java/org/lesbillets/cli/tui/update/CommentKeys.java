package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.command.edit.ContentPatch;
import org.lesbillets.cli.command.edit.TemplateException;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.CommentBox;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;

/** The keys where a comment is typed. */
final class CommentKeys {
  private final UpdateContext context;
  private final UiModel model;
  private final CommentBox box;

  CommentKeys(UpdateContext context, CommentBox box) {
    this.context = context;
    this.model = context.model;
    this.box = box;
  }

  void type(String text) {
    if (box.sending()) {
      model.lateNanos = model.now.nanos();
      model.input = box.notedWhileSending("It is being sent: what is typed now is left out.");
    } else {
      model.input = box.with(Typing.lines(box.typed(), text));
    }
  }

  void act(Action action) {
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
      case EDITOR -> edit();
      default -> {
        TypedText typed = Typing.intoLines(model).after(action, box.typed());
        if (typed != null) {
          model.input = box.with(typed);
        }
      }
    }
  }

  private void edit() {
    if (model.disk.sought != null && !box.touched()) {
      model.disk.editorWished = true;
    } else {
      long id = context.pend(PendingKind.EDITOR, box.ticket(), null, null);
      context.effect(new Effect.Edit(id, box.typed().text()));
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
      model.input = box.noticed(Sentence.of(e.getMessage()));
      return;
    }
    context.keepDraft();
    model.awaited =
        context.pend(
            PendingKind.COMMENT, box.ticket(), "sending the comment on #" + box.number(), null);
    context.effect(new Effect.Change(model.awaited, comment));
    model.input = box.sent();
  }

  /** What was typed is there again when one comes back. */
  private void leave() {
    context.keepDraft();
    context.close();
    if (box.typed().text().isBlank()) {
      context.drop(UpdateContext.key(box));
    } else {
      context.done("Your comment on #" + box.number() + " is kept as a draft.");
    }
  }

  private void discard() {
    context.close();
    context.drop(UpdateContext.key(box));
    context.done("The comment is thrown away.");
  }
}
