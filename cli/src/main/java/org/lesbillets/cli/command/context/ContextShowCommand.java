package org.lesbillets.cli.command.context;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verb {@code context show}. */
@Command(
    name = "show",
    description = {
      "Show a context, or the one that would be used now.",
      "Where its token comes from is shown, the token never."
    },
    customSynopsis = "billets context show [NAME]",
    footer = {"  billets context show", "  billets context show work -o json"})
final class ContextShowCommand implements Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      converter = Converters.OfContext.class,
      description = "The context.")
  String name;

  @Override
  public void run(CommandContext context) {
    Settings settings = context.settings();
    String shown = name == null ? settings.contextName() : name;
    if (shown == null) {
      throw new UsageException(
          "no context is in use: name one, or take one with billets context use");
    }
    context.print().context(ContextReports.of(shown, settings.config(), settings.contextName()));
  }
}
