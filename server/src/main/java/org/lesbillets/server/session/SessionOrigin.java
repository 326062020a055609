package org.lesbillets.server.session;

import java.util.function.BooleanSupplier;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

/**
 * The identity behind a session. Immutable.
 *
 * @param stillValid whether its token has not been revoked; any thread
 */
public record SessionOrigin(AgentName agent, Role role, BooleanSupplier stillValid) {}
