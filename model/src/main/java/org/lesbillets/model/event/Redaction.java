package org.lesbillets.model.event;

import java.util.List;
import java.util.Objects;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/**
 * What is removed for good from a ticket and from its history: every value that one field ever had,
 * or the text of one comment. Pure and immutable; exactly one of the two is not null.
 *
 * @param comment id of the comment
 */
public record Redaction(TicketField<?> field, Long comment) {
  /** What stands in place of a title or of a comment, which are never empty. */
  public static final String TEXT = "[redacted]";

  /** The fields that hold what people write. */
  public static final List<TicketField<?>> FIELDS =
      List.of(
          TicketField.TITLE,
          TicketField.DESCRIPTION,
          TicketField.REQUESTER,
          TicketField.REFERENCE,
          TicketField.TAGS);

  public Redaction {
    if ((field == null) == (comment == null)) {
      throw new IllegalArgumentException("a redaction is of a field, or of a comment");
    }
  }

  public static Redaction ofField(TicketField<?> field) {
    return new Redaction(Objects.requireNonNull(field, "field"), null);
  }

  public static Redaction ofComment(long comment) {
    return new Redaction(null, comment);
  }

  /** The ticket without it. */
  public Ticket of(Ticket ticket) {
    TicketContent content = ticket.content();
    boolean absent = field == TicketField.DESCRIPTION && content.description() == null;
    return field == null || absent ? ticket : ticket.withContent(of(content));
  }

  private TicketContent of(TicketContent content) {
    return field == TicketField.TITLE
        ? content.with(TicketField.TITLE, TEXT)
        : content.copying(field, TicketContent.EMPTY);
  }

  /** The comment without its text, if it is the one. */
  public Comment of(Comment other) {
    return comment != null && comment == other.id()
        ? new Comment(other.id(), other.at(), other.by(), TEXT)
        : other;
  }

  /** An event of the ticket without it; the same event if it holds nothing of it. */
  public WireEvent of(WireEvent event) {
    WireEvent taken = event.withTicket(of(event.ticket()));
    if (taken instanceof WireEvent.TicketUpdated updated) {
      return new WireEvent.TicketUpdated(
          updated.at(),
          updated.by(),
          updated.ticket(),
          updated.changes().stream().map(this::of).toList(),
          updated.unlocked(),
          updated.comment() == null ? null : of(updated.comment()));
    }
    return taken instanceof WireEvent.TicketCommented commented
        ? new WireEvent.TicketCommented(
            commented.at(), commented.by(), commented.ticket(), of(commented.comment()))
        : taken;
  }

  private FieldChange of(FieldChange change) {
    if (change.field() != field) {
      return change;
    }
    String text = field == TicketField.TITLE ? TEXT : null;
    return change.accept(
        new FieldChange.Visitor<>() {
          @Override
          public FieldChange onReplaced(FieldChange.Replaced replaced) {
            return new FieldChange.Replaced(field, text, text);
          }

          @Override
          public FieldChange onRetagged(FieldChange.Retagged retagged) {
            return new FieldChange.Retagged(List.of(), List.of());
          }

          @Override
          public FieldChange onRewritten(FieldChange.Rewritten rewritten) {
            return rewritten;
          }
        });
  }
}
