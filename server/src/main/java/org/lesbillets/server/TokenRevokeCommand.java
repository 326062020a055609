package org.lesbillets.server;

import java.util.concurrent.Callable;
import org.lesbillets.model.AgentName;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billets-server token revoke}: sessions that came with the token are cut. */
@Command(name = "revoke", description = "Revoke a token, and end the sessions that came with it.")
final class TokenRevokeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Parameters(
      paramLabel = "NAME",
      description = "Whose it is.",
      converter = TokenConverters.ToAgentName.class)
  private AgentName name;

  @Override
  public Integer call() {
    return TokenExitCode.of(spec, () -> new TokenStore(data.directory()).revoke(name));
  }
}
