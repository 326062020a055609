package org.lesbillets.server.session;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

/**
 * Who a session belongs to.
 *
 * @param connectedAt on the server's wall clock
 * @param stillValid whether the token it came with is still good; any thread
 */
public record SessionOrigin(
    AgentName agent, Role role, Instant connectedAt, BooleanSupplier stillValid) {}
