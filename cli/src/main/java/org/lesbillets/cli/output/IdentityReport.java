package org.lesbillets.cli.output;

import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

/**
 * Who a server takes this client for. Immutable.
 *
 * @param server its address
 * @param knownBy {@code token}, {@code unix} or {@code delegate}; null if the server does not say
 */
public record IdentityReport(AgentName name, Role role, String server, String knownBy) {}
