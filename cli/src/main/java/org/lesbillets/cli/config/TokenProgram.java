package org.lesbillets.cli.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The command line whose output is a token. Immutable.
 *
 * @param words the program and its arguments; or, for the shell, its line alone
 * @param shell whether the shell is to read it
 */
public record TokenProgram(List<String> words, boolean shell) {
  private static final Pattern TOKEN = Pattern.compile("blt_[\\w-]{20,}");

  /**
   * @throws IllegalArgumentException if there is nothing to run, or if it contains a token, which
   *     every user of this machine could read in the list of processes
   */
  public TokenProgram {
    words = List.copyOf(words);
    if (words.isEmpty() || words.get(0).isBlank()) {
      throw new IllegalArgumentException("there is no command: name the one that prints the token");
    }
    if (words.stream().anyMatch(word -> TOKEN.matcher(word).find())) {
      throw new IllegalArgumentException(
          "a token has no place in a command, where others can see it: put it into a file that only"
              + " you may read, and name that as token_file");
    }
  }

  /** What a shell is to read. */
  public static TokenProgram ofLine(String line) {
    return new TokenProgram(List.of(line), true);
  }

  /** The program and its arguments. */
  public List<String> argv() {
    return shell ? List.of("/bin/sh", "-c", words.get(0)) : words;
  }

  /** As people say it. */
  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
