package org.lesbillets.tidy;

/**
 * Blanks out comments, strings and characters of a Java source, so that what is left is code; every
 * character keeps its place. Owned by one thread.
 */
final class CodeMask {
  private final String source;
  private final boolean keepsComments;
  private final StringBuilder code = new StringBuilder();

  private CodeMask(String source, boolean keepsComments) {
    this.source = source;
    this.keepsComments = keepsComments;
  }

  /** A text of the same length and lines, with spaces where there was no code. */
  static String codeOf(String source) {
    return new CodeMask(source, false).code();
  }

  /** The same with the comments left in. */
  static String withoutLiterals(String source) {
    return new CodeMask(source, true).code();
  }

  private String code() {
    while (code.length() < source.length()) {
      if (at("//")) {
        comment(end("\n", 2));
      } else if (at("/*")) {
        comment(end("*/", 2) + 2);
      } else if (at("\"\"\"")) {
        blank(end("\"\"\"", 3) + 3);
      } else if (at("\"")) {
        blank(end("\"", 1) + 1);
      } else if (at("'")) {
        blank(end("'", 1) + 1);
      } else {
        code.append(source.charAt(code.length()));
      }
    }
    return code.toString();
  }

  private boolean at(String text) {
    return source.startsWith(text, code.length());
  }

  /** Where {@code closing} begins, at least {@code skip} on; in literals a backslash escapes. */
  private int end(String closing, int skip) {
    boolean literal = closing.startsWith("\"") || closing.startsWith("'");
    int i = code.length() + skip;
    while (i < source.length() && !source.startsWith(closing, i)) {
      i += literal && source.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  private void comment(int until) {
    if (keepsComments) {
      code.append(source, code.length(), Math.min(until, source.length()));
    } else {
      blank(until);
    }
  }

  private void blank(int until) {
    for (int i = code.length(); i < Math.min(until, source.length()); i++) {
      code.append(source.charAt(i) == '\n' ? '\n' : ' ');
    }
  }
}
