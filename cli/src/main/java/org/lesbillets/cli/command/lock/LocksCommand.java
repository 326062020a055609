package org.lesbillets.cli.command.lock;

import java.util.List;
import java.util.Map;
import org.lesbillets.cli.command.ColumnOptions;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.TicketSelection;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.Ticket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code locks}. */
@Command(
    name = "locks",
    description = "Who holds which ticket, since when, for how long still, and why.",
    customSynopsis = "billets locks [--mine] [--fields FIELD,…] [--empty WORD]",
    footer = {
      "  billets locks",
      "  billets locks --mine -o id",
      "  billets locks --fields number,holder,note --empty -"
    })
public final class LocksCommand implements Verb {
  static final String MINE = "status:locked holder:me";

  @Option(names = "--mine", description = "Only those one holds oneself.")
  boolean mine;

  @Mixin ColumnOptions columns;

  @Override
  public void run(CommandContext context) {
    Map<String, String> chosen = columns.ofTickets(context);
    List<Ticket> tickets =
        context.service().tickets(TicketSelection.of(mine ? MINE : "status:locked")).tickets();
    if (chosen == null || tickets.isEmpty()) {
      columns.usual(context).locks(tickets);
    } else {
      columns.of(chosen, context).tickets(tickets.stream().filter(Ticket::isLocked).toList());
    }
  }
}
