package org.lesbillets.cli.command;

import java.util.List;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;

/** Gives one status to several tickets. */
record StatusChange(TicketStatus status) {
  private ClientMessage.UpdateTicket change(TicketRef ref, Invocation invocation) {
    return new ClientMessage.UpdateTicket(
        null,
        null,
        ref,
        TicketPatch.status(status),
        LockInHand.token(null, ref, invocation),
        null,
        false);
  }

  void run(List<TicketRef> refs, Invocation invocation) {
    EachTicket.change(refs, ref -> change(ref, invocation), invocation);
  }
}
