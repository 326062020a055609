package org.lesbillets.model.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lesbillets.model.query.QueryTerm.Condition;

/** What stands before the colon of a term. */
enum QueryField {
  STATUS("open, closed or locked", Form.CHOICE, ValueReader::status),
  ASSIGNEE("an agent's name, me or none", Form.CHOICE, ValueReader::assignee),
  BY("an agent's name or me", Form.CHOICE, ValueReader::creator),
  HOLDER("an agent's name, me or none", Form.CHOICE, ValueReader::holder),
  REQUESTER("a text to look for", Form.TEXT, ValueReader::requester),
  REFERENCE("a text to look for", Form.TEXT, ValueReader::reference),
  TAG("a tag", Form.TEXT, ValueReader::tag),
  PRIORITY(
      "a priority, as in priority:high or 'priority:>=high'",
      Form.COMPARISON,
      ValueReader::priority),
  AGE("a comparison, as in 'age:>2h'", Form.TIME, ValueReader::age),
  UPDATED("a comparison, as in 'updated:<1d'", Form.TIME, ValueReader::updated),
  HELD("a comparison, as in 'held:>30m'", Form.TIME, ValueReader::held),
  EXPIRES("a comparison, as in 'expires:<5m'", Form.TIME, ValueReader::expires),
  NUMBER("a ticket's number, as in number:17", Form.COMPARISON, ValueReader::number),
  ATTEMPTS("a count, as in attempts:3 or 'attempts:<3'", Form.COMPARISON, ValueReader::attempts);

  /** How the values of a field are written. */
  private enum Form {
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

  private static final Map<String, QueryField> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(QueryField::word, Function.identity()));

  private final String wants;
  private final Form form;
  private final Reader reader;

  QueryField(String wants, Form form, Reader reader) {
    this.wants = wants;
    this.form = form;
    this.reader = reader;
  }

  /** The word before the colon. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The field called {@code word}, in any case of letters, or null. */
  static QueryField called(String word) {
    return BY_WORD.get(word.toLowerCase(Locale.ROOT));
  }

  static List<String> words() {
    return Arrays.stream(values()).map(QueryField::word).toList();
  }

  boolean mentionsTime() {
    return form == Form.TIME;
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
    String message = word() + ": wants " + wants;
    return form == Form.TIME || form == Form.COMPARISON
        ? value.mistake(message, "in a shell put the term in quotes, or > and < redirect to a file")
        : value.mistake(message);
  }
}
