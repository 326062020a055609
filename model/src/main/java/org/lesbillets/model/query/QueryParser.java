package org.lesbillets.model.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Single-pass parser of one query, from left to right, without recursion. For one thread; bounded
 * by the limits of a query.
 */
final class QueryParser {
  private static final String NOT = "not";

  private final String text;
  private int at;
  private int conditions;
  private int searchTexts;

  QueryParser(String text) {
    this.text = text;
  }

  List<QueryTerm> terms() throws QuerySyntaxException {
    List<QueryTerm> terms = new ArrayList<>();
    skipSpace();
    while (!atEnd()) {
      terms.add(term());
      skipSpace();
    }
    return terms;
  }

  private QueryTerm term() throws QuerySyntaxException {
    boolean negated = negation();
    if (atSpace()) {
      throw mistake("there is nothing to negate here: write the term without a space between");
    }
    if (text.charAt(at) == '"') {
      return searchText(phrase(), negated);
    }
    QueryValue word = wordBeforeColon();
    QueryField field = word == null ? null : QueryField.called(word.text());
    if (field == null) {
      if (word != null && isMisspeltField(word)) {
        throw unknownField(word);
      }
      return searchText(bare(false), negated);
    }
    at += word.text().length() + 1;
    return new QueryTerm(field.condition(values(field)), negated, field.kind());
  }

  private QueryTerm searchText(QueryValue value, boolean negated) throws QuerySyntaxException {
    counted(value);
    if (++searchTexts > TicketQuery.MAX_SEARCH_TEXTS) {
      throw value.beyond(
          TicketQuery.MAX_SEARCH_TEXTS,
          "the query has more than %d texts to search for: leave some out, or join words that"
              + " stand side by side into one \"phrase\"");
    }
    return new QueryTerm(ConditionReader.text(value), negated, QueryTerm.Kind.SEARCH);
  }

  /** Counts a term, and each of its alternatives as one of its own: that is what they cost. */
  private QueryValue counted(QueryValue value) throws QuerySyntaxException {
    if (++conditions > TicketQuery.MAX_TERMS) {
      throw value.beyond(
          TicketQuery.MAX_TERMS,
          "the query has more than %d terms, counting each alternative: ask in several queries");
    }
    return value;
  }

  /** Goes past any number of "-" and "not:"; says whether they negate. */
  private boolean negation() {
    boolean negated = false;
    while (true) {
      if (text.startsWith("-", at)) {
        at += 1;
      } else if (text.regionMatches(true, at, NOT + ":", 0, NOT.length() + 1)) {
        at += NOT.length() + 1;
      } else {
        return negated;
      }
      negated = !negated;
    }
  }

  private QueryValue phrase() throws QuerySyntaxException {
    QueryValue phrase = phrase(false);
    if (phrase.text().isEmpty()) {
      throw phrase.mistake("the phrase is empty: write what to look for between the quotes");
    }
    return phrase;
  }

  /** The letters that stand here before a colon, or null; does not move. */
  private QueryValue wordBeforeColon() {
    int end = at;
    while (end < text.length() && isLetter(text.charAt(end))) {
      end++;
    }
    return end > at && end < text.length() && text.charAt(end) == ':'
        ? new QueryValue(text.substring(at, end), at)
        : null;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  // An address (http://…) is looked for as text; anything else of this form is a slip.
  private boolean isMisspeltField(QueryValue word) {
    return !text.startsWith("//", word.start() + word.text().length() + 1);
  }

  private QuerySyntaxException unknownField(QueryValue word) {
    List<String> words = new ArrayList<>(QueryField.words());
    words.add(NOT);
    String near = Spelling.nearest(word.text().toLowerCase(Locale.ROOT), words);
    return word.mistake(
        "there is no field "
            + word.quoted()
            + (near == null
                ? "; the fields are " + String.join(", ", QueryField.words())
                : "; did you mean " + near + ":?")
            + " (to look for it as text, put it in double quotes)");
  }

  private List<QueryValue> values(QueryField field) throws QuerySyntaxException {
    boolean bars = field.takesAlternatives();
    List<QueryValue> values = new ArrayList<>();
    values.add(counted(value(bars)));
    while (bars && !atEnd() && text.charAt(at) == '|') {
      at++;
      values.add(counted(value(true)));
    }
    return values;
  }

  private QueryValue value(boolean untilBar) throws QuerySyntaxException {
    return !atEnd() && text.charAt(at) == '"' ? phrase(untilBar) : bare(untilBar);
  }

  private QueryValue bare(boolean untilBar) {
    int start = at;
    while (!endsBare(untilBar)) {
      at++;
    }
    return new QueryValue(text.substring(start, at), start);
  }

  private boolean endsBare(boolean untilBar) {
    return atSpace() || untilBar && text.charAt(at) == '|';
  }

  private QueryValue phrase(boolean untilBar) throws QuerySyntaxException {
    int opening = at;
    StringBuilder phrase = new StringBuilder();
    at++;
    while (!atEnd() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length() && isEscapable(text.charAt(at + 1))) {
        at++;
      }
      phrase.append(text.charAt(at));
      at++;
    }
    if (atEnd()) {
      throw new QuerySyntaxException("this quote is never closed: add a \" to end it", opening + 1);
    }
    at++;
    if (!endsBare(untilBar)) {
      throw mistake("put a space after the closing quote");
    }
    return new QueryValue(phrase.toString(), opening + 1);
  }

  private static boolean isEscapable(char c) {
    return c == '"' || c == '\\';
  }

  private void skipSpace() {
    while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean atEnd() {
    return at == text.length();
  }

  private boolean atSpace() {
    return atEnd() || Character.isWhitespace(text.charAt(at));
  }

  private QuerySyntaxException mistake(String message) {
    return new QuerySyntaxException(message, at + 1);
  }
}
