package org.lesbillets.server.auth;

import java.util.Objects;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

/**
 * Who a token belongs to.
 *
 * @param tokenId tells one token from another without giving it away: the first 16 hexadecimal
 *     digits of its hash
 */
public record Identity(AgentName name, Role role, String tokenId) {
  public Identity {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(tokenId, "tokenId");
  }
}
