package org.lesbillets.cli.tui.state.editor;

import org.lesbillets.cli.tui.key.KeyContext;

/** What takes the keys in place of the screen behind it, while it is there. Immutable. */
public sealed interface Input permits LinePrompt, CommentBox, ChoiceMenu, TicketForm {
  /** Where its keys are looked up. */
  KeyContext place();

  /** Whether anything was typed since it was opened. */
  default boolean touched() {
    return false;
  }

  /** The typed text that is worth a draft, to be compared with what was saved; null for none. */
  default Object savedText() {
    return null;
  }

  <R> R accept(Handler<R> handler);

  /** One method for each kind of input. */
  interface Handler<R> {
    R onLine(LinePrompt prompt);

    R onComment(CommentBox box);

    R onChoice(ChoiceMenu menu);

    R onForm(TicketForm form);
  }
}
