package org.lesbillets.cli.command.context;

import java.util.List;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.config.Config;
import org.lesbillets.cli.config.ContextSettings;
import org.lesbillets.cli.config.TokenProgram;
import org.lesbillets.cli.output.ContextReport;

/** Maps the contexts of the configuration to what is printed of them. Stateless. */
final class ContextReports {
  private ContextReports() {}

  /**
   * @param current the name of the one in use; null for none
   */
  static List<ContextReport> all(Config config, String current) {
    return config.contexts().keySet().stream().map(name -> of(name, config, current)).toList();
  }

  static ContextReport of(String name, Config config, String current) {
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
