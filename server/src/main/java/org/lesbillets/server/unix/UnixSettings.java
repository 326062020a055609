package org.lesbillets.server.unix;

import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Set;
import org.lesbillets.model.Role;

/**
 * The socket of a server, and which logins it admits. Immutable.
 *
 * @param path absolute, of at most {@link UnixServerSocket#LONGEST_PATH} bytes
 * @param groups the number of the group that gives a role; none: only the server's own user and
 *     root are admitted
 * @param delegates the users that may act for others, beside the server's own
 */
public record UnixSettings(Path path, Map<Role, Long> groups, Set<UserPrincipal> delegates) {
  public UnixSettings {
    groups = Map.copyOf(groups);
    delegates = Set.copyOf(delegates);
  }
}
