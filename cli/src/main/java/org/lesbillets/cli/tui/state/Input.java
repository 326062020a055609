package org.lesbillets.cli.tui.state;

import org.lesbillets.cli.tui.key.KeyContext;

/** What takes the keys in place of the screen behind it, while it is there. Immutable. */
public sealed interface Input permits LinePrompt, CommentBox, ChoiceMenu, TicketForm {
  /** Where its keys are looked up. */
  KeyContext place();

  <R> R accept(Handler<R> handler);

  /** One method for each kind of input. */
  interface Handler<R> {
    R onLine(LinePrompt prompt);

    R onComment(CommentBox box);

    R onChoice(ChoiceMenu menu);

    R onForm(TicketForm form);
  }
}
