package org.lesbillets.cli.command;

/**
 * A verb of the command line: its options are fields set by the parser, {@link #run} does the work.
 */
public interface Verb {
  /** Runs to completion; failures are exceptions. */
  void run(CommandContext context);
}
