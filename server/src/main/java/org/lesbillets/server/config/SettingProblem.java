package org.lesbillets.server.config;

import java.nio.file.Path;

/**
 * Something wrong with the settings. Immutable.
 *
 * @param file null for the environment
 * @param line from 1; 0 for the file as a whole
 * @param column from 1; 0 for the file as a whole
 * @param sentence what is wrong, and what to write instead
 */
public record SettingProblem(Path file, int line, int column, String sentence) {

  static SettingProblem ofEnvironment(String sentence) {
    return new SettingProblem(null, 0, 0, sentence);
  }

  /** The sentence with its place. */
  @Override
  public String toString() {
    if (file == null) {
      return sentence;
    }
    return line == 0
        ? file + " " + sentence
        : file + ", line " + line + ", column " + column + ": " + sentence;
  }
}
