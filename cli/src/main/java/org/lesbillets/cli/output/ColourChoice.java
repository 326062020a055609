package org.lesbillets.cli.output;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** When to use colour. */
public enum ColourChoice {
  AUTO,
  ALWAYS,
  NEVER;

  /** The name on the command line. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether to use colour now: automatic means on a terminal that can, unless NO_COLOR is set. */
  public boolean wanted(boolean terminal, Map<String, String> environment) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          terminal
              && environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !"dumb".equals(environment.get("TERM"));
    };
  }

  /**
   * Reads a name of the command line.
   *
   * @throws IllegalArgumentException if there is no such choice; the message lists those there are
   */
  public static ColourChoice parse(String text) {
    return Arrays.stream(values())
        .filter(choice -> choice.wireName().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of " + names()));
  }

  private static String names() {
    return Arrays.stream(values()).map(ColourChoice::wireName).collect(Collectors.joining(", "));
  }
}
