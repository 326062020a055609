package org.lesbillets.cli.command.context;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.config.Settings;
import picocli.CommandLine.Command;

/** The verb {@code context list}. */
@Command(
    name = "list",
    description = "The contexts there are; the one in use has a star.",
    customSynopsis = "billets context list",
    footer = {"  billets context list", "  billets context list -o id"})
final class ContextListCommand implements Verb {
  @Override
  public void run(CommandContext context) {
    Settings settings = context.settings();
    context.print().contexts(ContextReports.all(settings.config(), settings.contextName()));
  }
}
