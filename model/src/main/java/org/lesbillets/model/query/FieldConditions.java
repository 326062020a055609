package org.lesbillets.model.query;

import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.field.FieldType;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.query.QueryField.Form;
import org.lesbillets.model.query.QueryTerm.Condition;

/** Parser of the terms about one field of a ticket, by its type. Immutable; any thread. */
final class FieldConditions implements QueryField.Reader {
  private final TicketField<?> field;
  private final FieldType<?> type;

  FieldConditions(TicketField<?> field) {
    this.field = field;
    this.type = field.type();
  }

  /** The word before the colon; tags are asked for one by one. */
  String word() {
    return field == TicketField.TAGS ? "tag" : field.wireName();
  }

  Form form() {
    return switch (type.form()) {
      case TITLE, LINE, BLOCK, LIST -> Form.TEXT;
      case NUMBER -> Form.COMPARISON;
      case WORD -> type.choices().isEmpty() ? Form.CHOICE : Form.COMPARISON;
    };
  }

  /** What a value can be, to follow "wants". */
  String wants() {
    return switch (type.form()) {
      case TITLE, LINE, BLOCK -> "a text to look for";
      case LIST -> "a " + word();
      case NUMBER -> "a count, as in " + examples("3", "<3");
      case WORD -> wantsWord();
    };
  }

  private String wantsWord() {
    if (type.isAgent()) {
      return "an agent's name, me or none";
    }
    return type.choices().isEmpty() ? "a " + word() : "a " + word() + highExample();
  }

  private String highExample() {
    String high = type.choices().get(type.choices().size() - 2);
    return ", as in " + examples(high, ">=" + high);
  }

  private String examples(String value, String comparison) {
    return word() + ":" + value + " or '" + word() + ":" + comparison + "'";
  }

  @Override
  public Condition read(QueryValue value) throws QuerySyntaxException {
    QueryValue compared = ConditionReader.compared(value);
    return switch (type.form()) {
      case TITLE, LINE, BLOCK -> contains(new Needle(value.text()));
      case LIST -> includes(value.text());
      case NUMBER ->
          compares(value, ConditionReader.count(compared, "count", "0 to " + type.limit()));
      case WORD -> word(value, compared);
    };
  }

  private Condition word(QueryValue value, QueryValue compared) throws QuerySyntaxException {
    if (type.isAgent()) {
      return ConditionReader.agentOrNone(value, t -> (AgentName) t.content().get(field));
    }
    return type.choices().isEmpty()
        ? equals(value)
        : compares(value, type.parse(ConditionReader.word(compared, type.choices())));
  }

  /** Equal to a word that is typed freely; case-sensitive. */
  private Condition equals(QueryValue value) throws QuerySyntaxException {
    try {
      Object wanted = type.parse(value.text());
      return (ticket, context) -> wanted.equals(ticket.content().get(field));
    } catch (IllegalArgumentException e) {
      throw value.mistake(value.quoted() + " cannot be " + type.rule());
    }
  }

  private Condition contains(Needle needle) {
    return (ticket, context) -> needle.isIn((String) ticket.content().get(field));
  }

  private Condition includes(String wanted) {
    return (ticket, context) -> {
      for (Object one : (List<?>) ticket.content().get(field)) {
        if (wanted.equalsIgnoreCase((String) one)) {
          return true;
        }
      }
      return false;
    };
  }

  /** A field without a value fulfils no comparison. */
  @SuppressWarnings("unchecked")
  private Condition compares(QueryValue value, Object wanted) {
    Comparison comparison = ConditionReader.comparison(value);
    return (ticket, context) -> {
      Comparable<Object> found = (Comparable<Object>) ticket.content().get(field);
      return found != null && comparison.holds(found.compareTo(wanted));
    };
  }
}
