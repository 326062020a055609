package org.lesbillets.cli.tui.state.editor;

import java.util.Objects;
import org.lesbillets.cli.command.edit.DraftBase;
import org.lesbillets.model.TicketId;

/** The identity of a draft: text that was typed and not sent yet. Immutable. */
public sealed interface DraftKey {

  /** A new ticket; there is one such draft. */
  record OfNew() implements DraftKey {}

  /** A comment; one for each ticket. */
  record OfComment(TicketId ticket, long number) implements DraftKey {
    public OfComment {
      Objects.requireNonNull(ticket, "ticket");
    }
  }

  /**
   * The fields of a ticket; {@code billets edit --recover} can continue with it.
   *
   * @param base the version of the ticket that they were made from
   */
  record OfEdit(DraftBase base) implements DraftKey {
    public OfEdit {
      Objects.requireNonNull(base, "base");
    }
  }

  /** The key that two drafts are compared by: a ticket has one edit draft, whatever its base. */
  default Object subject() {
    return this instanceof OfEdit edit ? edit.base().id() : this;
  }
}
