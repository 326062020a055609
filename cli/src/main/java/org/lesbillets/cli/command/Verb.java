package org.lesbillets.cli.command;

/**
 * A verb of the command line: its options are fields set by the parser, {@link #run} does the work.
 */
public interface Verb {
  /** Does it; returns when it is done, and throws when it could not be. */
  void run(CommandContext context);
}
