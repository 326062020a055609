package org.lesbillets.server.desk;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.wire.Fingerprint;
import org.lesbillets.server.journal.Operation;

/**
 * Somebody's change on its way through the desk.
 *
 * @param operation what makes it safe to ask twice, or null when the client gave no id
 */
record ChangeRequest(Requester requester, ClientMessage.Change change, Operation operation) {

  /** Made on the thread that received it: the fingerprint is not the desk's work. */
  static ChangeRequest of(Requester requester, ClientMessage.Change change) {
    UUID id = change.operationId();
    boolean permitted = requester.role().allows(Role.AGENT);
    Operation operation =
        id == null || !permitted
            ? null
            : new Operation(requester.agent(), id, Fingerprint.of(change), creates(change));
    return new ChangeRequest(requester, change, operation);
  }

  private static boolean creates(ClientMessage.Change change) {
    return change instanceof ClientMessage.CreateTicket;
  }

  /** Whether it makes a ticket instead of changing one. */
  boolean creates() {
    return creates(change) || change instanceof ClientMessage.ImportTicket;
  }

  /** Whether it waits for a lock that is held; a renewal does not: its lock is there, or lost. */
  boolean waits() {
    return change instanceof ClientMessage.LockTicket lock
        && lock.waiting() != null
        && lock.token() == null;
  }

  /** The id of a ticket it makes: a create that is asked for twice makes the same ticket. */
  TicketId newTicket(Supplier<UUID> ids) {
    if (change instanceof ClientMessage.ImportTicket imports) {
      return imports.ticket().id();
    }
    if (operation == null) {
      return new TicketId(ids.get());
    }
    String name = operation.agent() + "/" + operation.id();
    return new TicketId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  void reject(Decision.Rejected why) {
    requester.answer(
        new ServerMessage.Rejected(change.requestId(), why.code(), why.message(), why.details()));
  }
}
