package org.lesbillets.server;

import org.lesbillets.server.auth.TokenException;
import picocli.CommandLine.Model.CommandSpec;

/** The exit codes of the verbs below {@code billets-server token}. Stateless. */
final class TokenExitCode {
  private TokenExitCode() {}

  /** Runs a verb's work, or prints why it failed. */
  static int of(CommandSpec spec, Runnable work) {
    try {
      work.run();
      return 0;
    } catch (TokenException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }
}
