package org.lesbillets.server;

import java.util.concurrent.Callable;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billets-server token add}: prints the new token, alone, the only time it is shown. */
@Command(name = "add", description = "Make a token and print it, the only time it is shown.")
final class TokenAddCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Parameters(
      paramLabel = "NAME",
      description = "Who it is for.",
      converter = TokenConverters.ToAgentName.class)
  private AgentName name;

  @Option(
      names = "--role",
      paramLabel = "reader|agent|admin",
      description = "What it allows. Default: agent.",
      converter = TokenConverters.ToRole.class)
  private Role role = Role.AGENT;

  @Override
  public Integer call() {
    return TokenExitCode.of(
        spec, () -> spec.commandLine().getOut().println(store().add(name, role)));
  }

  private TokenStore store() {
    return new TokenStore(data.directory());
  }
}
