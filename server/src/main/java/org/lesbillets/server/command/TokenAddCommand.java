package org.lesbillets.server.command;

import java.io.PrintWriter;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code billets-server token add}: prints the new token, alone, the only time it is shown. */
@Command(name = "add", description = "Make a token and print it, the only time it is shown.")
final class TokenAddCommand extends TokenVerb {
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
  void run(TokenStore store, PrintWriter out) {
    out.println(store.add(name, role));
  }
}
