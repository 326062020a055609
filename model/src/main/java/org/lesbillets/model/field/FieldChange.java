package org.lesbillets.model.field;

import java.util.List;

/**
 * The change of one field in an event: old and new value, as far as they are recorded. Immutable.
 */
public sealed interface FieldChange {

  TicketField<?> field();

  /** Any other field: the texts of its old and new value, null for none. */
  record Replaced(TicketField<?> field, String from, String to) implements FieldChange {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.onReplaced(this);
    }
  }

  /** The tags, whole, before and after. */
  record Retagged(List<String> from, List<String> to) implements FieldChange {
    public Retagged {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }

    @Override
    public TicketField<?> field() {
      return TicketField.TAGS;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.onRetagged(this);
    }
  }

  /** The description: too long to say twice, the new text stands in the ticket. */
  record Rewritten() implements FieldChange {
    @Override
    public TicketField<?> field() {
      return TicketField.DESCRIPTION;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.onRewritten(this);
    }
  }

  <R> R accept(Visitor<R> visitor);

  /** One method for each kind of change. */
  interface Visitor<R> {
    R onReplaced(Replaced change);

    R onRetagged(Retagged change);

    R onRewritten(Rewritten change);
  }
}
