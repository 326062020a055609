package org.lesbillets.server.desk.request;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.world.Processes;

/**
 * A change on its way through the pipeline. Immutable.
 *
 * @param operation its idempotency key, or null when the client gave none
 * @param process whose end ends the lock it asks for, or null
 */
public record ChangeRequest(
    Requester requester,
    ClientMessage.Change change,
    Operation operation,
    Processes.Identity process) {

  /** Made on the thread that received the request, which hashes it for the key. */
  public static ChangeRequest of(Requester requester, ClientMessage.Change change) {
    Operation operation =
        change.operationId() == null ? null : Operation.of(requester.agent(), change);
    return new ChangeRequest(requester, change, operation, null);
  }

  /** The lock it asks for ends with a process. */
  public ChangeRequest following(Processes.Identity process) {
    return new ChangeRequest(requester, change, operation, process);
  }

  /** The same operation, asked for in another way. */
  public ChangeRequest changed(ClientMessage.Change other) {
    return new ChangeRequest(requester, other, operation, process);
  }

  /**
   * The append of its effect.
   *
   * @param before the ticket that was decided upon, or null
   */
  public Append append(Ticket before, Decision.Accepted effect) {
    long expected = before == null ? 0 : before.revision();
    return new Append(expected, operation, effect.event(), effect.comments());
  }

  public boolean creates() {
    return change instanceof ClientMessage.CreateTicket
        || change instanceof ClientMessage.ImportTicket;
  }

  /** Whether it waits for a lock that is held, or a ticket to claim. */
  public boolean waits() {
    return waiting() != null;
  }

  public boolean waitsForLock() {
    return waits() && change instanceof ClientMessage.LockTicket;
  }

  /**
   * How long it waits; null if it does not. A renewal does not: its lock is held, or lost. A claim
   * that waits for no time does not, either.
   */
  public LockWait waiting() {
    if (change instanceof ClientMessage.LockTicket lock) {
      return lock.token() == null ? lock.waiting() : null;
    }
    LockWait wait = change instanceof ClientMessage.ClaimTicket claim ? claim.waiting() : null;
    return wait == null || Duration.ZERO.equals(wait.atMost()) ? null : wait;
  }

  /**
   * The id of the ticket it creates: a function of the idempotency key, where there is one. A raise
   * may be one of many that create a ticket, so that it has a new one.
   */
  public TicketId newTicket(Supplier<UUID> ids) {
    if (change instanceof ClientMessage.ImportTicket imports) {
      return imports.ticket().id();
    }
    if (operation == null || change instanceof ClientMessage.RaiseTicket) {
      return new TicketId(ids.get());
    }
    String name = operation.agent() + "/" + operation.id();
    return new TicketId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }
}
