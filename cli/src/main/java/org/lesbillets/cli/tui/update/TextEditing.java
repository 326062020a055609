package org.lesbillets.cli.tui.update;

import java.util.function.BinaryOperator;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.editor.TypedText;

/**
 * Editing actions on a text, as in readline, with a kill ring of one entry. Bounded: text beyond
 * the limit is dropped. On the thread of the view.
 */
final class TextEditing {
  /** The most characters of a line, and of a text. */
  static final int LONGEST_LINE = 4_096;

  static final int LONGEST_TEXT = 256 * 1_024;

  private final UpdateContext context;

  /** Inserts text within the bound. */
  private final BinaryOperator<TypedText> insert;

  private TextEditing(UpdateContext context, BinaryOperator<TypedText> insert) {
    this.context = context;
    this.insert = insert;
  }

  /** Editing of a single line. */
  static TextEditing intoLine(UpdateContext context) {
    return new TextEditing(context, (text, more) -> line(text, more.text()));
  }

  /** Editing of a text of several lines. */
  static TextEditing intoLines(UpdateContext context) {
    return new TextEditing(context, (text, more) -> lines(text, more.text()));
  }

  /** The text after an action; null for an action that does not edit text. */
  TypedText after(Action action, TypedText text) {
    return switch (action) {
      case LEFT -> text.left();
      case RIGHT -> text.right();
      case WORD_LEFT -> text.wordLeft();
      case WORD_RIGHT -> text.wordRight();
      case LINE_START -> text.lineStart();
      case LINE_END -> text.lineEnd();
      case LINE_UP -> text.lineUp();
      case LINE_DOWN -> text.lineDown();
      case ERASE -> text.without(text.left());
      case DELETE -> text.without(text.right());
      case ERASE_WORD -> kill(text, text.wordLeft());
      case DELETE_WORD -> kill(text, text.wordRight());
      case ERASE_TO_START -> kill(text, text.lineStart());
      case DELETE_TO_END -> kill(text, text.lineEnd());
      case YANK -> insert.apply(text, TypedText.of(context.editor.killRing()));
      case TRANSPOSE -> text.transposed();
      default -> null;
    };
  }

  private TypedText kill(TypedText text, TypedText there) {
    String between = text.between(there);
    if (!between.isEmpty()) {
      context.editor = context.editor.killed(between);
    }
    return text.without(there);
  }

  /**
   * A line after text was typed or pasted into it: line breaks and tabs become spaces, other
   * control characters are dropped.
   */
  static TypedText line(TypedText text, String more) {
    return cut(text, harmless(more.replaceAll("\\R|\t", " ")), LONGEST_LINE);
  }

  /** As {@link #line}, for a text of several lines. */
  static TypedText lines(TypedText text, String more) {
    return cut(text, harmless(more.replace("\r\n", "\n").replace('\r', '\n')), LONGEST_TEXT);
  }

  private static String harmless(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static TypedText cut(TypedText text, String more, int longest) {
    int room = Math.max(0, longest - text.text().length());
    if (more.length() <= room) {
      return text.insert(more);
    }
    boolean halves = room > 0 && Character.isHighSurrogate(more.charAt(room - 1));
    return text.insert(more.substring(0, halves ? room - 1 : room));
  }
}
