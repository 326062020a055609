package org.lesbillets.server;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.lesbillets.server.auth.TokenEntry;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code billets-server token list}: name, role and time of creation, separated by tabs. */
@Command(name = "list", description = "List the tokens: name, role, created.")
final class TokenListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    return TokenExitCode.of(spec, this::print);
  }

  private void print() {
    PrintWriter out = spec.commandLine().getOut();
    for (TokenEntry entry : new TokenStore(data.directory()).list()) {
      out.println(entry.name() + "\t" + entry.role().wireName() + "\t" + entry.created());
    }
  }
}
