package org.lesbillets.server.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.lesbillets.server.auth.TokenException;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A verb below {@code billets-server token}: 0 when it is done, 1 with the reason on stderr. */
abstract class TokenVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  abstract void run(TokenStore store, PrintWriter out);

  @Override
  public final Integer call() {
    try {
      run(new TokenStore(data.directory()), spec.commandLine().getOut());
      return 0;
    } catch (TokenException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }
}
