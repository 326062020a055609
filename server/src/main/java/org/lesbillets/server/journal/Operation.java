package org.lesbillets.server.journal;

import java.util.Objects;
import java.util.UUID;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.wire.Fingerprint;

/**
 * The idempotency key of a change: the same key is applied once, however often it is sent.
 * Immutable.
 *
 * @param agent the scope of the id
 * @param id chosen by the client
 * @param fingerprint hash of the request without its ids: the same id with another fingerprint is
 *     another request, and refused
 * @param forEver whether it is kept as long as the journal (a create), or for 24 h
 */
public record Operation(AgentName agent, UUID id, String fingerprint, boolean forEver) {
  public Operation {
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(fingerprint, "fingerprint");
  }

  /**
   * The key of a change that has an operation id. Hashes the whole request: not the desk's work.
   */
  public static Operation of(AgentName agent, ClientMessage.Change change) {
    boolean creates = change instanceof ClientMessage.CreateTicket;
    return new Operation(agent, change.operationId(), Fingerprint.of(change), creates);
  }
}
