package org.lesbillets.model;

import java.util.Objects;
import java.util.Set;

/**
 * The name of an agent, given by the token of the connection. Immutable; any thread.
 *
 * @param value 1 to 64 characters: a letter or digit, then letters, digits, dot, underscore, hyphen
 */
public record AgentName(String value) implements Comparable<AgentName> {
  private static final int LONGEST = 64;

  /** Words of the query language, which no agent may be called. */
  private static final Set<String> RESERVED = Set.of("me", "none", "all");

  /**
   * @throws IllegalArgumentException if the text is no agent name; the message says why
   */
  public AgentName {
    Objects.requireNonNull(value, "value");
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          RESERVED.contains(value)
              ? "'" + value + "' is a word of the query language and cannot be an agent's name"
              : "an agent's name is 1 to 64 letters, digits, '.', '_' or '-',"
                  + " and starts with a letter or digit");
    }
  }

  /** Whether {@code text} can be an agent's name. */
  public static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > LONGEST || !isLetterOrDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return !RESERVED.contains(text);
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  @Override
  public int compareTo(AgentName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
