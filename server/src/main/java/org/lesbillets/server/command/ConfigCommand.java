package org.lesbillets.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code billets-server config …}: looks at the settings of a server, and changes nothing. */
@Command(
    name = "config",
    description = {
      "Check or print the settings of the server.",
      "A flag wins over its BILLETS_SERVER_ variable, that over the file, that over the default."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  billets-server config check",
      "  billets-server config check /etc/billets-server/config.toml",
      "  billets-server config print >server.toml"
    },
    subcommands = {ConfigCheckCommand.class, ConfigPrintCommand.class})
public final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do with the settings: check [FILE], or print.");
  }
}
