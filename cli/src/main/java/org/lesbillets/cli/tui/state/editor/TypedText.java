package org.lesbillets.cli.tui.state.editor;

import java.util.Objects;

/**
 * A text and a cursor in it. Moves and deletes by {@linkplain GraphemeBoundary grapheme cluster},
 * with the words of readline. Immutable; any thread.
 *
 * @param cursor an index into {@code text}, moved to the end of a cluster it would split
 */
public record TypedText(String text, int cursor) {
  public static final TypedText EMPTY = new TypedText("", 0);

  public TypedText {
    Objects.requireNonNull(text, "text");
    if (cursor < 0 || cursor > text.length()) {
      throw new IllegalArgumentException("no place " + cursor + " in " + text.length());
    }
    cursor = GraphemeBoundary.settled(text, cursor);
  }

  /** A text with the cursor at its end. */
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

  /** With text inserted before the cursor. */
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

  /** On the line above, in the same column if that line is long enough. */
  public TypedText lineUp() {
    int start = lineStart().cursor;
    return start == 0 ? this : at(start - 1).lineStart().along(column());
  }

  /** On the line below. */
  public TypedText lineDown() {
    int end = lineEnd().cursor;
    return end == text.length() ? this : at(end + 1).along(column());
  }

  /** So many clusters further, at most to the end of the line. */
  private TypedText along(int characters) {
    int end = lineEnd().cursor;
    int at = cursor;
    for (int i = 0; i < characters && at < end; i++) {
      at = GraphemeBoundary.next(text, at);
    }
    return at(at);
  }

  /** The column: clusters before the cursor on its line. */
  private int column() {
    int characters = 0;
    for (int at = lineStart().cursor; at < cursor; at = GraphemeBoundary.next(text, at)) {
      characters++;
    }
    return characters;
  }

  /** Without the text between this cursor and that of {@code there}. */
  public TypedText without(TypedText there) {
    int from = Math.min(cursor, there.cursor);
    int to = Math.max(cursor, there.cursor);
    return new TypedText(text.substring(0, from) + text.substring(to), from);
  }

  /** The text between this cursor and that of {@code there}. */
  public String between(TypedText there) {
    return text.substring(Math.min(cursor, there.cursor), Math.max(cursor, there.cursor));
  }

  /** With the clusters around the cursor swapped; at the end of a line, its last two. */
  public TypedText transposed() {
    int middle = cursor == lineEnd().cursor ? previous(cursor) : cursor;
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
    return place == 0 ? 0 : GraphemeBoundary.previous(text, place);
  }

  private int next(int place) {
    return GraphemeBoundary.next(text, place);
  }

  private int wordStart() {
    int at = cursor;
    while (at > 0 && !isWord(previous(at))) {
      at = previous(at);
    }
    while (at > 0 && isWord(previous(at))) {
      at = previous(at);
    }
    return at;
  }

  private int wordEnd() {
    int at = cursor;
    while (at < text.length() && !isWord(at)) {
      at = next(at);
    }
    while (at < text.length() && isWord(at)) {
      at = next(at);
    }
    return at;
  }

  /** Whether the cluster at an index is part of a word. */
  private boolean isWord(int place) {
    int c = text.codePointAt(place);
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
