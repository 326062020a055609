package org.lesbillets.cli.tui.state;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.Objects;

/**
 * A text somebody types, and where in it they are. Moves and deletes as readline does, by what
 * people take for one character. Immutable; any thread.
 *
 * @param cursor an index into {@code text}, never inside a character
 */
public record TypedText(String text, int cursor) {
  public static final TypedText EMPTY = new TypedText("", 0);

  public TypedText {
    Objects.requireNonNull(text, "text");
    if (cursor < 0 || cursor > text.length()) {
      throw new IllegalArgumentException("no place " + cursor + " in " + text.length());
    }
  }

  /** This text, to go on at its end. */
  public static TypedText of(String text) {
    return new TypedText(text, text.length());
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  public String before() {
    return text.substring(0, cursor);
  }

  public String after() {
    return text.substring(cursor);
  }

  /** With more before the cursor. */
  public TypedText insert(String more) {
    return new TypedText(before() + more + after(), cursor + more.length());
  }

  public TypedText left() {
    return at(previous(cursor));
  }

  public TypedText right() {
    return at(next(cursor));
  }

  public TypedText wordLeft() {
    return at(wordStart());
  }

  public TypedText wordRight() {
    return at(wordEnd());
  }

  public TypedText lineStart() {
    return at(text.lastIndexOf('\n', cursor - 1) + 1);
  }

  public TypedText lineEnd() {
    int end = text.indexOf('\n', cursor);
    return at(end < 0 ? text.length() : end);
  }

  /** On the line above, at the same distance from its start if it is long enough. */
  public TypedText lineUp() {
    int start = lineStart().cursor;
    return start == 0 ? this : at(start - 1).lineStart().along(cursor - start);
  }

  /** On the line below. */
  public TypedText lineDown() {
    int end = lineEnd().cursor;
    return end == text.length() ? this : at(end + 1).along(cursor - lineStart().cursor);
  }

  private TypedText along(int distance) {
    int end = Math.min(cursor + distance, lineEnd().cursor);
    int at = cursor;
    while (at < end) {
      at = next(at);
    }
    return at(at);
  }

  /** Without what stands between the cursor and that of {@code there}. */
  public TypedText without(TypedText there) {
    int from = Math.min(cursor, there.cursor);
    int to = Math.max(cursor, there.cursor);
    return new TypedText(text.substring(0, from) + text.substring(to), from);
  }

  /** What stands between the cursor and that of {@code there}. */
  public String between(TypedText there) {
    return text.substring(Math.min(cursor, there.cursor), Math.max(cursor, there.cursor));
  }

  /** With the characters around the cursor swapped; at the end, the last two. */
  public TypedText transposed() {
    int middle = cursor == text.length() ? previous(cursor) : cursor;
    int start = previous(middle);
    int end = next(middle);
    if (start == middle || middle == end || text.substring(start, end).contains("\n")) {
      return this;
    }
    String swapped = text.substring(middle, end) + text.substring(start, middle);
    return new TypedText(text.substring(0, start) + swapped + text.substring(end), end);
  }

  private TypedText at(int place) {
    return place == cursor ? this : new TypedText(text, place);
  }

  private int previous(int place) {
    if (place == 0) {
      return 0;
    }
    int before = characters().preceding(place);
    return before == BreakIterator.DONE ? 0 : before;
  }

  private int next(int place) {
    if (place == text.length()) {
      return place;
    }
    int after = characters().following(place);
    return after == BreakIterator.DONE ? text.length() : after;
  }

  private BreakIterator characters() {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    return characters;
  }

  private int wordStart() {
    int at = cursor;
    while (at > 0 && !isWord(text.codePointBefore(at))) {
      at -= Character.charCount(text.codePointBefore(at));
    }
    while (at > 0 && isWord(text.codePointBefore(at))) {
      at -= Character.charCount(text.codePointBefore(at));
    }
    return at;
  }

  private int wordEnd() {
    int at = cursor;
    while (at < text.length() && !isWord(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    while (at < text.length() && isWord(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || c == '_';
  }
}
