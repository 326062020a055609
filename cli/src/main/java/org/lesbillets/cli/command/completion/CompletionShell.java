package org.lesbillets.cli.command.completion;

import java.util.Locale;

/** The shells with completion. */
public enum CompletionShell {
  BASH("# bash completion for billets"),
  ZSH("#compdef billets");

  private final String firstLine;

  CompletionShell(String firstLine) {
    this.firstLine = firstLine;
  }

  /** What a script for it begins with. */
  String firstLine() {
    return firstLine;
  }

  /** The name on the command line. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
