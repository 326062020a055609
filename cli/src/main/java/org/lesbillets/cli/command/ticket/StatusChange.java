package org.lesbillets.cli.command.ticket;

import java.util.List;
import org.lesbillets.cli.command.AmbientLockToken;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.EachTicket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;

/** The update that gives several tickets one status. Immutable. */
record StatusChange(TicketStatus status) {
  private ClientMessage.UpdateTicket change(TicketRef ref, CommandContext context) {
    return new ClientMessage.UpdateTicket(
        ref,
        TicketPatch.of(TicketField.STATUS, status),
        AmbientLockToken.token(null, ref, context));
  }

  void run(List<TicketRef> refs, CommandContext context) {
    EachTicket.change(refs, ref -> change(ref, context), context);
  }
}
