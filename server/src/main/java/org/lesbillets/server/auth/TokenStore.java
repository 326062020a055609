package org.lesbillets.server.auth;

import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

/**
 * Where the tokens of a server are kept: names, roles and hashes, never a token. Changes are
 * serialized, also against those of other processes. Any thread; blocks for as long as a small file
 * takes, or throws.
 */
public interface TokenStore {

  /**
   * Creates a token.
   *
   * @return its text, which is stored nowhere
   * @throws TokenException if the name has a token already, or the store cannot be changed
   */
  String add(AgentName name, Role role);

  /**
   * Creates the server's own token, in place of an earlier one.
   *
   * @param wanted its name; "-local" is appended when another token has it
   * @throws TokenException if the store cannot be changed
   */
  String addLocal(AgentName wanted);

  /**
   * Revokes a token.
   *
   * @throws TokenException if there is none of this name, or the store cannot be changed
   */
  void revoke(AgentName name);

  /**
   * All tokens, in the order of their creation.
   *
   * @throws TokenException if they cannot be read, or one of them is damaged
   */
  List<TokenEntry> list();

  /**
   * A value that differs, by {@code equals}, after each change. Asked for several times a second,
   * by one thread at a time: it costs no more than a look at a file's attributes.
   *
   * @throws TokenException if that cannot be known
   */
  Object version();

  /** The tokens that are surely not revoked, while {@link #list} fails; empty if none is. */
  List<TokenEntry> intact();

  /** Whether tokens were kept there before: if not, the server makes its own. */
  boolean exists();
}
