package org.lesbillets.cli.command.ticket;

import java.util.Map;
import org.lesbillets.cli.command.ColumnOptions;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.TicketPages;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.output.TicketReport;
import org.lesbillets.model.TicketRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The verb {@code history}: the events of a ticket. */
@Command(
    name = "history",
    description = "Show every event of a ticket, oldest first, with what changed.",
    customSynopsis = "billets history REF [--fields FIELD,…] [--empty WORD]",
    footer = {
      "  billets history 17",
      "  billets history 17 -o jsonl",
      "  billets history 17 --fields at,by,changes.status.to --empty -"
    })
public final class HistoryCommand implements Verb {
  @Parameters(paramLabel = "REF", converter = Converters.OfRef.class, description = "The ticket.")
  TicketRef ref;

  @Mixin ColumnOptions columns;

  @Override
  public void run(CommandContext context) {
    Map<String, String> chosen = columns.ofEvents(context);
    TicketReport report = TicketPages.read(context.service(), ref, true);
    if (chosen == null) {
      columns.usual(context).history(report);
    } else {
      columns.of(chosen, context).events(report.history());
    }
  }
}
