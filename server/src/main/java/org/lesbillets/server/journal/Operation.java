package org.lesbillets.server.journal;

import java.util.Objects;
import java.util.UUID;
import org.lesbillets.model.AgentName;

/**
 * What makes a change safe to ask for twice.
 *
 * @param agent whose operation it is: ids are scoped to the agent
 * @param id chosen by the client
 * @param fingerprint of everything the request says except its ids: the same id with another
 *     fingerprint is another request, and refused
 * @param forEver whether it must be remembered as long as the journal lives (a create), or may be
 *     forgotten after 24 h
 */
public record Operation(AgentName agent, UUID id, String fingerprint, boolean forEver) {
  public Operation {
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(fingerprint, "fingerprint");
  }
}
