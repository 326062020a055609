package org.lesbillets.cli.command;

/** What a person asks for: the options are its fields, set by parsing; {@link #run} does it. */
public interface Verb {
  /** Does it; returns when it is done, and throws when it could not be. */
  void run(CommandContext context);
}
