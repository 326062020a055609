package org.lesbillets.cli.command.status;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Verb;
import picocli.CommandLine.Command;

/** The verb {@code whoami}. */
@Command(
    name = "whoami",
    description = {
      "Show your name, your role, the server, and how it knows you.",
      "By a token, by your login on its machine (unix), or by the shared account that you come"
          + " through (delegate)."
    },
    customSynopsis = "billets whoami",
    footer = {"  billets whoami", "  billets whoami -o id"})
public final class WhoamiCommand implements Verb {
  @Override
  public void run(CommandContext context) {
    context.print().identity(context.service().identity());
  }
}
