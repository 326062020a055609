package org.lesbillets.cli.command.ticket;

import org.lesbillets.cli.command.CommandContext;
import picocli.CommandLine.Option;

/** The option {@code --fresh} of the verbs that read tickets. */
public final class FreshOption {
  @Option(
      names = "--fresh",
      description = "With every change that was done before, also by other servers of the desk.")
  boolean fresh;

  /** Has the reads of the context ask for it. */
  void apply(CommandContext context) {
    if (fresh) {
      context.service().askFresh();
    }
  }
}
