package org.lesbillets.cli.tui;

import java.util.List;

/** Runs verbs of billets inside the live view, with its settings and without its terminal. */
@FunctionalInterface
public interface VerbRunner {

  /**
   * What a verb came to.
   *
   * @param code its exit code
   * @param text what it printed and said, perhaps with other people's text in it
   */
  record Result(int code, String text) {}

  /**
   * Runs a verb to its end.
   *
   * @param words the verb and its arguments
   * @param columns how wide its output may be
   */
  Result run(List<String> words, int columns);
}
