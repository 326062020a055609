package org.lesbillets.cli.command.context;

import java.util.List;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.config.Config;
import org.lesbillets.cli.config.ContextSettings;
import org.lesbillets.cli.config.TokenProgram;
import org.lesbillets.cli.output.ContextReport;
import picocli.CommandLine.Command;

/** The verb {@code context}, a group: named servers. */
@Command(
    name = "context",
    description = {
      "Give servers names, each with where its token comes from.",
      "They stand in config.toml, where you may write too. The token of a context goes to the"
          + " context's own servers and to no other."
    },
    customSynopsis = "billets context VERB …",
    subcommands = {
      ContextAddCommand.class,
      ContextUseCommand.class,
      ContextListCommand.class,
      ContextShowCommand.class,
      ContextRemoveCommand.class
    },
    footer = {
      "  billets context add work --server wss://desk.example.org \\",
      "      --token-file ~/.config/billets/work.token",
      "  billets context use work",
      "  billets --context home list status:open"
    })
public final class ContextCommand {
  /**
   * @param current the name of the one in use; null for none
   */
  static List<ContextReport> reports(Config config, String current) {
    return config.contexts().keySet().stream().map(name -> report(name, config, current)).toList();
  }

  static ContextReport report(String name, Config config, String current) {
    ContextSettings context = config.context(name);
    return new ContextReport(
        name,
        name.equals(current),
        context.servers().stream().map(ServerAddress::toString).toList(),
        token(context),
        context.timeout() == null ? null : context.timeout().toMillis());
  }

  private static ContextReport.Token token(ContextSettings context) {
    if (context.tokenFile() != null) {
      return ContextReport.Token.ofFile(context.tokenFile().toString());
    }
    TokenProgram command = context.tokenCommand();
    return command == null
        ? ContextReport.Token.NONE
        : new ContextReport.Token(null, command.argv(), command.toString());
  }
}
