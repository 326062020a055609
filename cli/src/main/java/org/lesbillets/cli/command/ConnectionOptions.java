package org.lesbillets.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** How to reach the server; usable before and after the verb. */
public final class ConnectionOptions {
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = "--server",
      paramLabel = "URL[,URL…]",
      order = 100,
      scope = ScopeType.INHERIT,
      description =
          "The server, or several to try in turn. Else BILLETS_SERVER, else this machine.")
  String server;

  @Option(
      names = "--timeout",
      paramLabel = "DUR",
      order = 101,
      scope = ScopeType.INHERIT,
      converter = Converters.OfDuration.class,
      description = "How long to try to connect and to wait for an answer (10s).")
  Duration timeout;
}
