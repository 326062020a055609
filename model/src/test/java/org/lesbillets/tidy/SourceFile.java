package org.lesbillets.tidy;

import java.util.List;

/**
 * One Java source.
 *
 * @param path from the module's directory, with slashes: {@code src/main/java/org/…/Name.java}
 * @param code the text without comments, strings and characters, everything in its place
 */
record SourceFile(String path, String text, String code) {
  private static final String MAIN = "src/main/java/";
  private static final String ROOT = "/java/";

  static SourceFile of(String path, String text) {
    return new SourceFile(path, text, CodeMask.codeOf(text));
  }

  /** Whether it is no part of the program: a test, a bench or a soak. */
  boolean isTest() {
    return !path.startsWith(MAIN);
  }

  /** The package its folder stands for. */
  String packageName() {
    String inRoot = path.substring(path.indexOf(ROOT) + ROOT.length());
    int slash = inRoot.lastIndexOf('/');
    return slash < 0 ? "" : inRoot.substring(0, slash).replace('/', '.');
  }

  boolean isIn(String packageName) {
    return (packageName() + ".").startsWith(packageName + ".");
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /** The line of a place in the text, from 1. */
  int lineAt(int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  Finding finding(Rule rule, int line, String what) {
    return new Finding(rule, path, line, what);
  }
}
