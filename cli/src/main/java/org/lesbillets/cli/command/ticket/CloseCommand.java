package org.lesbillets.cli.command.ticket;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.TypedRefs;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.TicketStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb {@code close}. */
@Command(
    name = "close",
    description = {"Close tickets.", "A lock of one's own is released with it."},
    customSynopsis = "billets close REF…",
    footer = {"  billets close 17", "  billets close 17 18 19"})
public final class CloseCommand implements Verb {
  @Mixin TypedRefs tickets;

  @Override
  public void run(CommandContext context) {
    new StatusChange(TicketStatus.CLOSED).run(tickets.refs(), context);
  }
}
