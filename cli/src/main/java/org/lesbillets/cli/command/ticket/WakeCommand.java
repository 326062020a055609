package org.lesbillets.cli.command.ticket;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.EachTicket;
import org.lesbillets.cli.command.TypedRefs;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb {@code wake}. */
@Command(
    name = "wake",
    description = {"Wake tickets that sleep.", "One that is awake stays so. Needs no lock."},
    customSynopsis = "billets wake REF…",
    footer = {"  billets wake 17", "  billets list is:asleep -o id | xargs -r billets wake"})
public final class WakeCommand implements Verb {
  private static final TicketPatch AWAKE = TicketPatch.of(TicketField.WAKE_AT, null);

  @Mixin TypedRefs tickets;

  @Override
  public void run(CommandContext context) {
    EachTicket.change(
        tickets.refs(), ref -> new ClientMessage.UpdateTicket(ref, AWAKE, null), context);
  }
}
