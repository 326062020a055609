package org.lesbillets.cli.command.context;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.config.ConfigEdit;
import org.lesbillets.cli.config.ConfigFile;
import org.lesbillets.cli.output.ContextReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verb {@code context remove}: forgets a named server. */
@Command(
    name = "remove",
    description = {
      "Forget a context.",
      "The file with its token stays; if it was in use, none is then."
    },
    customSynopsis = "billets context remove NAME",
    footer = "  billets context remove work")
final class ContextRemoveCommand implements Verb {
  @Parameters(
      paramLabel = "NAME",
      converter = Converters.OfContext.class,
      description = "The context.")
  String name;

  @Override
  public void run(CommandContext context) {
    ConfigFile.Change done = context.settings().file().change(new ConfigEdit.Remove(name));
    ContextReport removed = ContextReports.of(name, done.before(), done.before().currentContext());
    context.print().contextChanged(removed, "The context '" + name + "' is removed.");
    if (removed.current()) {
      context.console().say("No context is in use now: billets context use takes another.");
    }
  }
}
