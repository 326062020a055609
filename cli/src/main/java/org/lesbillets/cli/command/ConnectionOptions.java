package org.lesbillets.cli.command;

import java.time.Duration;
import org.lesbillets.cli.config.SettingsFlags;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Mixin of the root command: how to reach the server; accepted before and after the verb. */
public final class ConnectionOptions {
  @Option(
      names = "--server",
      paramLabel = "URL[,URL…]",
      order = 100,
      scope = ScopeType.INHERIT,
      description =
          "The server, or several to try in turn. Else BILLETS_SERVER, else the context's, else"
              + " this machine.")
  String server;

  @Option(
      names = "--ca-file",
      paramLabel = "F",
      order = 100,
      scope = ScopeType.INHERIT,
      description =
          "The certificates, in PEM, that vouch for a server with TLS. Else BILLETS_CA_FILE, else"
              + " the context's, else those Java trusts.")
  String caFile;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      converter = Converters.OfContext.class,
      order = 101,
      scope = ScopeType.INHERIT,
      description = "A named server. Else BILLETS_CONTEXT, else the one in use.")
  String context;

  @Option(
      names = "--timeout",
      paramLabel = "DUR",
      order = 102,
      scope = ScopeType.INHERIT,
      converter = Converters.OfDuration.class,
      description = "How long to try to connect and to wait for an answer (10s).")
  Duration timeout;

  SettingsFlags flags() {
    return new SettingsFlags(server, caFile, context, timeout);
  }
}
