package org.lesbillets.cli.command.ticket;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.TypedRefs;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.TicketStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb {@code reopen}. */
@Command(
    name = "reopen",
    description = "Open closed tickets again.",
    customSynopsis = "billets reopen REF…",
    footer = {"  billets reopen 17", "  billets reopen 17 18 19"})
public final class ReopenCommand implements Verb {
  @Mixin TypedRefs tickets;

  @Override
  public void run(CommandContext context) {
    new StatusChange(TicketStatus.OPEN).run(tickets.refs(), context);
  }
}
