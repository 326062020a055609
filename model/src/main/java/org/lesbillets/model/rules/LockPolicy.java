package org.lesbillets.model.rules;

import org.lesbillets.model.Role;

/** The roles that may break another agent's lock. */
public enum LockPolicy {
  /** Any agent, with a reason. */
  AGENTS_BREAK,
  /** Admins only, with a reason. */
  ADMINS_BREAK;

  public boolean allows(Role role) {
    return role.allows(this == AGENTS_BREAK ? Role.AGENT : Role.ADMIN);
  }
}
