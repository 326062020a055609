package org.lesbillets.cli.tui.state.editor;

import java.util.Objects;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.model.TicketId;

/**
 * A comment that is typed.
 *
 * @param touched whether anything was typed since it was opened
 * @param sending whether it is on its way: then it takes no keys but the one that leaves
 * @param notice what there is to say of it, or null
 */
public record CommentBox(
    TicketId ticket, long number, TypedText typed, boolean touched, boolean sending, String notice)
    implements Input {
  public CommentBox {
    Objects.requireNonNull(ticket, "ticket");
    Objects.requireNonNull(typed, "typed");
  }

  public static CommentBox empty(TicketId ticket, long number) {
    return new CommentBox(ticket, number, TypedText.EMPTY, false, false, null);
  }

  public CommentBox with(TypedText other) {
    boolean same = other.text().equals(typed.text());
    return new CommentBox(ticket, number, other, touched || !same, sending, notice);
  }

  /** With a draft from before. */
  public CommentBox restored(String text, String notice) {
    return new CommentBox(ticket, number, TypedText.of(text), false, sending, notice);
  }

  public CommentBox sent() {
    return new CommentBox(ticket, number, typed, touched, true, null);
  }

  /** Something is to be said of it while it is on its way. */
  public CommentBox notedWhileSending(String sentence) {
    return new CommentBox(ticket, number, typed, touched, sending, sentence);
  }

  /** It was not sent after all. */
  public CommentBox noticed(String sentence) {
    return new CommentBox(ticket, number, typed, touched, false, sentence);
  }

  /** The draft of what is typed into it. */
  public DraftKey draftKey() {
    return new DraftKey.OfComment(ticket, number);
  }

  @Override
  public Object savedText() {
    return typed.text();
  }

  @Override
  public KeyContext place() {
    return KeyContext.TEXT;
  }

  @Override
  public <R> R accept(Handler<R> handler) {
    return handler.onComment(this);
  }
}
