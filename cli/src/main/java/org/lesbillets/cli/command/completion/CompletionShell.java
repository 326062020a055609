package org.lesbillets.cli.command.completion;

import java.util.Locale;

/** The shells with completion. */
public enum CompletionShell {
  BASH("# bash completion for billets", "completion-bash.sh"),
  ZSH("#compdef billets", "completion-zsh.sh"),
  FISH("# fish completion for billets", "completion-fish.fish");

  private final String firstLine;
  private final String ownPart;

  CompletionShell(String firstLine, String ownPart) {
    this.firstLine = firstLine;
    this.ownPart = ownPart;
  }

  /** The resource with what only it can read. */
  String ownPart() {
    return ownPart;
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
