package org.lesbillets.server.auth;

import java.nio.file.Path;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

/** A process that adds tokens as fast as it can. */
final class TokenAdder {
  private TokenAdder() {}

  public static void main(String[] args) {
    TokenStore store = new FileTokenStore(Path.of(args[0]));
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      store.add(new AgentName(args[1] + "-" + i), Role.AGENT);
    }
  }
}
