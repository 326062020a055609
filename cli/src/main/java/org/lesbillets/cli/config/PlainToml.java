package org.lesbillets.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parser of the TOML that most settings are written in: comments, headers and keys without quotes,
 * and texts without escapes, true, false, and lists of such texts, each on one line. It takes a
 * fraction of the time in which the TOML library is loaded. Anything else, valid or not, it gives
 * up on, and the library parses the file: so there are no error messages here. What it parses, the
 * library parses to the same, which a test holds it to with random files. Recursive descent without
 * backtracking; for one thread.
 */
final class PlainToml {
  private final String text;
  private final PlainTable root = new PlainTable();
  private PlainTable table = root;
  private int at;

  private PlainToml(String text) {
    this.text = text;
  }

  /** The parsed text; null if something in it is not plain. */
  static FileTable read(String text) {
    PlainToml reader = new PlainToml(text);
    return reader.lines() ? reader.root : null;
  }

  private boolean lines() {
    while (at < text.length()) {
      blanks();
      char c = peek();
      boolean read = c == '[' ? header() : c == '#' || c == '\n' || c == '\0' || entry();
      if (!read || !endOfLine()) {
        return false;
      }
    }
    return true;
  }

  /** The next character; NUL at the end, and for itself, which stands in no TOML. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void blanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  /** Blanks, perhaps a comment, and the end of the line. */
  private boolean endOfLine() {
    blanks();
    if (peek() == '#') {
      while (isOfText(peek())) {
        at++;
      }
    }
    return at == text.length() || take('\n');
  }

  /** Whether it may stand in a comment or a text. */
  private static boolean isOfText(char c) {
    return c >= ' ' && !(c >= '\u007f' && c < '\u00a0') && c < '\ufff0' || c == '\t';
  }

  private static boolean isOfKey(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-';
  }

  /** A key without quotes; null if there is none. */
  private String key() {
    int start = at;
    while (isOfKey(peek())) {
      at++;
    }
    return at == start ? null : text.substring(start, at);
  }

  /** One that makes a table, below others that are there or not. */
  private boolean header() {
    at++;
    PlainTable place = root;
    while (true) {
      blanks();
      String key = key();
      blanks();
      if (key == null) {
        return false;
      }
      Object there = place.value(key);
      if (take(']')) {
        table = new PlainTable();
        place.values().put(key, table);
        return there == null;
      }
      if (!take('.') || there != null && !(there instanceof PlainTable)) {
        return false;
      }
      if (there == null) {
        there = new PlainTable();
        place.values().put(key, there);
      }
      place = (PlainTable) there;
    }
  }

  private boolean entry() {
    String key = key();
    blanks();
    if (key == null || !take('=')) {
      return false;
    }
    blanks();
    Object value = peek() == '[' ? list() : value();
    Map<String, Object> values = table.values();
    return value != null && values.put(key, value) == null;
  }

  /** Null if it is not plain. */
  private Object value() {
    char c = peek();
    return c == '"' || c == '\'' ? quoted(c) : flag();
  }

  private Boolean flag() {
    for (Boolean value : new Boolean[] {Boolean.TRUE, Boolean.FALSE}) {
      String word = value.toString();
      if (text.startsWith(word, at)) {
        at += word.length();
        return value;
      }
    }
    return null;
  }

  /** Null for one with an escape, and for one of several lines, which begins as an empty one. */
  private String quoted(char quote) {
    at++;
    int start = at;
    while (isOfText(peek()) && peek() != quote && (quote == '\'' || peek() != '\\')) {
      at++;
    }
    String quoted = text.substring(start, at);
    return take(quote) && peek() != quote ? quoted : null;
  }

  /** Null unless there are texts in it, and nothing else. */
  private List<Object> list() {
    at++;
    List<Object> values = new ArrayList<>();
    while (true) {
      blanks();
      char c = peek();
      String value = c == '"' || c == '\'' ? quoted(c) : null;
      if (value == null) {
        return null;
      }
      values.add(value);
      blanks();
      if (take(']')) {
        return values;
      }
      if (!take(',')) {
        return null;
      }
    }
  }
}
