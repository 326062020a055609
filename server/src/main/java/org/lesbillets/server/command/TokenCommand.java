package org.lesbillets.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code billets-server token …}: changes the tokens file, which a running server polls. */
@Command(
    name = "token",
    description = {
      "Make, list and revoke the tokens agents connect with.",
      "Works beside a running server, which notices within a second."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  (umask 077; billets-server token add bob >bob.token)",
      "  billets-server token add monitor --role reader",
      "  billets-server token list",
      "  billets-server token revoke bob"
    },
    subcommands = {TokenAddCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
public final class TokenCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do with tokens: add NAME, list, or revoke NAME.");
  }
}
