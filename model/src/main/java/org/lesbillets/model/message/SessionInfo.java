package org.lesbillets.model.message;

import java.time.Instant;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

/**
 * A connected client, as an admin sees it.
 *
 * @param id names it in KickSession
 * @param remote its address and port
 * @param watching whether it hears of events
 * @param lagBytes how much is ready for it and not sent yet
 */
public record SessionInfo(
    String id,
    AgentName agent,
    Role role,
    String remote,
    Instant connectedAt,
    boolean watching,
    long lagBytes) {}
