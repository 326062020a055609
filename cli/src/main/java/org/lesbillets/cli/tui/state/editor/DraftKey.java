package org.lesbillets.cli.tui.state.editor;

import java.util.Objects;
import org.lesbillets.cli.command.edit.DraftBase;
import org.lesbillets.model.TicketId;

/** Which draft is meant: what somebody typed and did not send yet. */
public sealed interface DraftKey {

  /** A ticket that is not there yet; there is one such draft. */
  record OfNew() implements DraftKey {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onNew(this);
    }
  }

  /** A comment; one for each ticket. */
  record OfComment(TicketId ticket, long number) implements DraftKey {
    public OfComment {
      Objects.requireNonNull(ticket, "ticket");
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onComment(this);
    }
  }

  /**
   * The fields of a ticket; {@code billets edit --recover} can go on with it.
   *
   * @param base what they were made from
   */
  record OfEdit(DraftBase base) implements DraftKey {
    public OfEdit {
      Objects.requireNonNull(base, "base");
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onEdit(this);
    }
  }

  /** What tells two drafts apart: an edited ticket has one, whatever it was made from. */
  default Object subject() {
    return this instanceof OfEdit edit ? edit.base().id() : this;
  }

  <R> R accept(Handler<R> handler);

  /** One method for each kind of draft. */
  interface Handler<R> {
    R onNew(OfNew key);

    R onComment(OfComment key);

    R onEdit(OfEdit key);
  }
}
