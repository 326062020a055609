package org.lesbillets.cli.command.context;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.config.Config;
import org.lesbillets.cli.config.ConfigEdit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verb {@code context use}: chooses the server of all following runs. */
@Command(
    name = "use",
    description = {
      "Take a context for all that follows.",
      "Where --context or BILLETS_CONTEXT name another, that one counts; BILLETS_SERVER beats it."
    },
    customSynopsis = "billets context use NAME",
    footer = "  billets context use work")
final class ContextUseCommand implements Verb {
  @Parameters(
      paramLabel = "NAME",
      converter = Converters.OfContext.class,
      description = "The context.")
  String name;

  @Override
  public void run(CommandContext context) {
    Config now = context.settings().file().change(new ConfigEdit.Use(name)).after();
    context
        .print()
        .contextChanged(
            ContextReports.of(name, now, name), "The context '" + name + "' is in use now.");
    tellWhatBeats(context);
  }

  private void tellWhatBeats(CommandContext context) {
    String named = context.environment("BILLETS_CONTEXT");
    if (named != null && !named.equals(name)) {
      context.console().sayAsPlainText("But here BILLETS_CONTEXT says " + named + ": unset it.");
    }
    String server = context.environment("BILLETS_SERVER");
    if (server != null) {
      context.console().sayAsPlainText("But here BILLETS_SERVER says " + server + ": unset it.");
    }
  }
}
