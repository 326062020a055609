package org.lesbillets.cli.tui;

import java.util.List;

/**
 * Runs verbs of billets inside the live view, with its settings and without its terminal. Called by
 * one executor thread; blocks until the verb has ended.
 */
@FunctionalInterface
public interface VerbRunner {

  /**
   * The result of a verb.
   *
   * @param code its exit code
   * @param text its standard output and error, not yet made harmless
   */
  record Result(int code, String text) {}

  /**
   * Runs a verb to its end.
   *
   * @param words the verb and its arguments
   * @param columns the width of its output
   */
  Result run(List<String> words, int columns);
}
