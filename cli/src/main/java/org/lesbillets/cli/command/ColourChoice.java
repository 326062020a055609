package org.lesbillets.cli.command;

import java.util.Locale;
import java.util.Map;

/** When to use colour. */
enum ColourChoice {
  AUTO,
  ALWAYS,
  NEVER;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether to use colour now: by itself only on a terminal that can, and not where NO_COLOR is
   * set.
   */
  boolean wanted(boolean terminal, Map<String, String> environment) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          terminal
              && environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !"dumb".equals(environment.get("TERM"));
    };
  }
}
