package org.lesbillets.server;

import java.util.concurrent.Callable;
import org.lesbillets.server.config.ServesTickets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code billets-server serve}: the same as naming no command. */
@Command(name = "serve", description = "Serve tickets until SIGTERM (the default).")
final class ServeCommand implements Callable<Integer>, ServesTickets {
  @Spec private CommandSpec spec;
  @Mixin private ServeOptions options;

  @Override
  public Integer call() throws Exception {
    return Serving.run(options, spec.commandLine());
  }

  @Override
  public void check() {
    options.config();
  }
}
