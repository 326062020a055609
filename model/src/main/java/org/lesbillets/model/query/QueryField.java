package org.lesbillets.model.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.query.QueryTerm.Condition;
import org.lesbillets.model.query.SpanCondition.Span;

/**
 * A word before the colon of a term, with the parser of its values: a field of a ticket, or another
 * property of it. Immutable; any thread.
 */
final class QueryField {
  /** How the values of a field are written. */
  enum Form {
    /** Free text, in which a bar means itself. */
    TEXT,
    /** Fixed words or names, several of them with bars between. */
    CHOICE,
    /** A value with or without a sign of comparison, several of them with bars between. */
    COMPARISON,
    /** A sign of comparison and a duration. */
    TIME
  }

  /** Makes a condition of one value, which is not empty. */
  @FunctionalInterface
  interface Reader {
    Condition read(QueryValue value) throws QuerySyntaxException;
  }

  private static final Map<String, QueryField> BY_KEY = new LinkedHashMap<>();

  static {
    add("status", "open, closed or locked", Form.CHOICE, ConditionReader::status);
    add(TicketField.ASSIGNEE);
    add("by", "an agent's name or me", Form.CHOICE, ConditionReader::creator);
    add("holder", "an agent's name, me or none", Form.CHOICE, ConditionReader::holder);
    add(TicketField.REQUESTER);
    add(TicketField.REFERENCE);
    add(TicketField.TAGS);
    add(TicketField.PRIORITY);
    add("age", ">2h", Span.AGE);
    add("updated", "<1d", Span.UPDATED);
    add("held", ">30m", Span.HELD);
    add("expires", "<5m", Span.EXPIRES);
    add("is", "claimable or asleep", Form.CHOICE, ConditionReader::is);
    add("number", "a ticket's number, as in number:17", Form.COMPARISON, ConditionReader::number);
    for (TicketField<?> field : TicketField.ALL) {
      addUnlessThere(field);
    }
  }

  private final String word;
  private final String wants;
  private final Form form;
  private final Reader reader;

  private QueryField(String word, String wants, Form form, Reader reader) {
    this.word = word;
    this.wants = wants;
    this.form = form;
    this.reader = reader;
  }

  private static void add(String word, String wants, Form form, Reader reader) {
    BY_KEY.put(word.toLowerCase(Locale.ROOT), new QueryField(word, wants, form, reader));
  }

  private static void add(String word, String example, Span span) {
    String wants = "a comparison, as in '" + word + ":" + example + "'";
    add(word, wants, Form.TIME, value -> ConditionReader.span(span, value));
  }

  private static void add(TicketField<?> field) {
    FieldConditions conditions = new FieldConditions(field);
    add(conditions.word(), conditions.wants(), conditions.form(), conditions);
  }

  private static void addUnlessThere(TicketField<?> field) {
    boolean isText = field == TicketField.TITLE || field == TicketField.DESCRIPTION;
    if (!isText && !field.type().isTime() && called(new FieldConditions(field).word()) == null) {
      add(field);
    }
  }

  /** The field called {@code word}, in any case of letters, or null. */
  static QueryField called(String word) {
    return BY_KEY.get(word.toLowerCase(Locale.ROOT));
  }

  static List<String> words() {
    List<String> words = new ArrayList<>();
    for (QueryField field : BY_KEY.values()) {
      words.add(field.word);
    }
    return words;
  }

  QueryTerm.Kind kind() {
    return form == Form.TIME ? QueryTerm.Kind.TIME : QueryTerm.Kind.FIELD;
  }

  /** Whether a bar in the value stands between alternatives. */
  boolean takesAlternatives() {
    return form == Form.CHOICE || form == Form.COMPARISON;
  }

  /**
   * The condition that one of {@code alternatives} fulfils it.
   *
   * @param alternatives one or more
   */
  Condition condition(List<QueryValue> alternatives) throws QuerySyntaxException {
    Condition any = null;
    for (QueryValue value : alternatives) {
      if (value.text().isEmpty()) {
        throw empty(value);
      }
      Condition one = reader.read(value);
      any = any == null ? one : any.or(one);
    }
    return any;
  }

  private QuerySyntaxException empty(QueryValue value) {
    String message = word + ": wants " + wants;
    return form == Form.TIME || form == Form.COMPARISON
        ? value.mistake(message, "in a shell put the term in quotes, or > and < redirect to a file")
        : value.mistake(message);
  }
}
