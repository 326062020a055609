package org.lesbillets.cli.command.context;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.ServerTrust;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.config.Config;
import org.lesbillets.cli.config.ConfigEdit;
import org.lesbillets.cli.config.ContextSettings;
import org.lesbillets.cli.config.TokenProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code context add}: names a server. */
@Command(
    name = "add",
    description = {
      "Give a server a name.",
      "The server is that of --server; a --timeout or --ca-file is kept, too. The token stays where"
          + " it is: say which file holds it or which command prints it, or neither for the server"
          + " on this machine."
    },
    customSynopsis = {
      "billets context add NAME --server URL[,URL…]",
      "                    [--token-file F | --token-command CMD] [--replace]"
    },
    footer = {
      "  billets context add work --server wss://desk.example.org \\",
      "      --token-command 'pass show billets/work'",
      "  billets context add here --server 127.0.0.1:7420"
    })
final class ContextAddCommand implements Verb {
  @Parameters(paramLabel = "NAME", description = "What it is to be called.")
  String name;

  @Option(names = "--token-file", paramLabel = "F", description = "The file that holds its token.")
  String tokenFile;

  @Option(
      names = "--token-command",
      paramLabel = "CMD",
      description = "What the shell is to run; it prints the token on its first line.")
  String tokenCommand;

  @Option(names = "--replace", description = "Whatever has this name now is forgotten.")
  boolean replace;

  private ContextSettings context(CommandContext context) {
    String server = context.flags().server();
    if (server == null) {
      throw new UsageException("say where it is, as in --server wss://desk.example.org");
    }
    if (tokenFile != null && tokenCommand != null) {
      throw new UsageException("a token comes from --token-file or --token-command, not both");
    }
    List<ServerAddress> servers = parsed("--server", () -> ServerAddress.parseAll(server));
    TokenProgram command =
        tokenCommand == null
            ? null
            : parsed("--token-command", () -> TokenProgram.ofLine(tokenCommand));
    ServerTrust trust = new ServerTrust(file(context, "--ca-file", context.flags().caFile()), null);
    Path token = file(context, "--token-file", tokenFile);
    return new ContextSettings(servers, token, command, context.flags().timeout(), trust);
  }

  private static <T> T parsed(String option, Supplier<T> parse) {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  /** Absolute, so that it is the same file in every working directory. */
  private static Path file(CommandContext context, String option, String file) {
    if (file != null && file.isBlank()) {
      throw new UsageException(option + ": there is no path: name the file");
    }
    try {
      return file == null ? null : context.folders().path(file).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new UsageException(option + ": '" + file + "' is no path");
    }
  }

  @Override
  public void run(CommandContext context) {
    Config now =
        context
            .settings()
            .file()
            .change(new ConfigEdit.Add(name, context(context), replace))
            .after();
    boolean current = name.equals(now.currentContext());
    context
        .print()
        .contextChanged(
            ContextReports.of(name, now, now.currentContext()),
            "The context '"
                + name
                + "' is there"
                + (current ? ", and in use." : ": billets context use " + name + " takes it."));
  }
}
