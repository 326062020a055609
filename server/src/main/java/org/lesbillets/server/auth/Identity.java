package org.lesbillets.server.auth;

import java.util.Objects;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

/**
 * The owner of a token. Immutable.
 *
 * @param tokenId public identifier of the token: the first 16 hexadecimal digits of its hash
 */
public record Identity(AgentName name, Role role, String tokenId) {
  public Identity {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(tokenId, "tokenId");
  }
}
