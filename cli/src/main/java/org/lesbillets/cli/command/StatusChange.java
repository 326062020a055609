package org.lesbillets.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.TicketPatch;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Gives one status to several tickets: each is tried, whatever became of those before it, as long
 * as there is a server to ask.
 */
record StatusChange(TicketStatus status, List<TicketRef> refs) {

  /**
   * @throws UsageException if one of the words names no ticket; then none is tried
   */
  static StatusChange of(TicketStatus status, List<String> words) {
    try {
      return new StatusChange(status, words.stream().map(TicketRef::parse).toList());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  ClientMessage.UpdateTicket change(TicketRef ref, Invocation invocation) {
    return new ClientMessage.UpdateTicket(
        null,
        null,
        ref,
        TicketPatch.status(status),
        LockInHand.token(null, ref, invocation),
        null,
        false);
  }

  void run(Invocation invocation) {
    List<EventMessage> done = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (int i = 0; i < refs.size(); i++) {
      try {
        done.add(invocation.desk().change(change(refs.get(i), invocation)));
      } catch (ConnectionException e) {
        failures.add(leaving(refs.subList(i + 1, refs.size()), e));
        break;
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    invocation.print().changed(done, refs.size() > 1);
    if (!failures.isEmpty()) {
      throw new SeveralFailures(failures);
    }
  }

  /** Where there is no server, each of the others would only wait for the timeout again. */
  private static RuntimeException leaving(List<TicketRef> untried, ConnectionException e) {
    return untried.isEmpty()
        ? e
        : new ConnectionException(
            e.kind(),
            e.getMessage()
                + "; not tried: "
                + untried.stream().map(TicketRef::toString).collect(Collectors.joining(" ")),
            e);
  }
}
