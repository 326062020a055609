package org.lesbillets.server.command;

import java.io.PrintWriter;
import org.lesbillets.model.AgentName;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code billets-server token revoke}: sessions that came with the token are cut. */
@Command(name = "revoke", description = "Revoke a token, and end the sessions that came with it.")
final class TokenRevokeCommand extends TokenVerb {
  @Parameters(
      paramLabel = "NAME",
      description = "Whose it is.",
      converter = TokenConverters.ToAgentName.class)
  private AgentName name;

  @Override
  void run(TokenStore store, PrintWriter out) {
    store.revoke(name);
  }
}
