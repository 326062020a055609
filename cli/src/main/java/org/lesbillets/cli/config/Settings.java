package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.DelegateIdentity;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.ServerTrust;
import org.lesbillets.cli.client.TokenSource;
import org.lesbillets.cli.output.ColourChoice;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.place.UserDirectories;

/**
 * The effective settings of one run: flag, then environment, then context, then file, then default.
 * A context that a flag names counts as a flag, since it names the server.
 *
 * <p>A token that a context names goes to servers of that context, and to no other.
 *
 * <p>Confined to one thread; parses the file at most once, lazily.
 */
public final class Settings {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String SYSTEM_SOCKET = "/run/billets/desk.sock";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private final UserDirectories folders;
  private final SettingsFlags flags;
  private final Consumer<String> warnings;
  private Config config;
  private AgentName delegate;

  /**
   * @param warnings takes sentences for the user
   */
  public Settings(UserDirectories folders, SettingsFlags flags, Consumer<String> warnings) {
    this.folders = folders;
    this.flags = flags;
    this.warnings = warnings;
  }

  /** These settings for an agent of several who share this account; null for its owner. */
  public Settings onBehalfOf(AgentName agent) {
    delegate = agent;
    return this;
  }

  /** The same settings of a user without a file, for one whose file makes no sense. */
  public Settings withoutFile() {
    Settings other = new Settings(folders, flags, warnings).onBehalfOf(delegate);
    other.config = Config.NONE;
    return other;
  }

  /** The context that is in force, and whether a flag named it. */
  private record Chosen(String name, ContextSettings context, boolean byFlag) {}

  /** The file this person may write settings into. */
  public ConfigFile file() {
    return new ConfigFile(folders);
  }

  /**
   * What the file says.
   *
   * @throws SettingsException if it makes no sense
   */
  public Config config() {
    if (config == null) {
      config = file().read();
    }
    return config;
  }

  /** The name of the context that is in force, which may not exist; null for none. */
  public String contextName() {
    String variable = set("BILLETS_CONTEXT");
    return flags.context() != null
        ? flags.context()
        : variable != null ? variable : config().currentContext();
  }

  private Chosen chosen() {
    String name = contextName();
    if (name == null) {
      return null;
    }
    ContextSettings context = config().contexts().get(name);
    if (context == null) {
      throw new SettingsException(
          origin() + ": " + ContextName.unknown(name, config().contexts().keySet()));
    }
    return new Chosen(name, context, flags.context() != null);
  }

  private String origin() {
    if (flags.context() != null) {
      return "--context";
    }
    return set("BILLETS_CONTEXT") != null ? "BILLETS_CONTEXT" : file().path() + ", context";
  }

  /**
   * How to reach the server.
   *
   * @throws SettingsException if a setting makes no sense, or a context does not exist
   */
  public ClientSettings connection() {
    Chosen chosen = chosen();
    List<ServerAddress> servers = servers(chosen);
    return new ClientSettings(servers, token(chosen, servers), timeout(chosen))
        .trusting(trust(chosen, servers));
  }

  /** As a token, what a context says counts for its own servers only. */
  private ServerTrust trust(Chosen chosen, List<ServerAddress> servers) {
    String file = flags.caFile() != null ? flags.caFile() : set("BILLETS_CA_FILE");
    Path caFile = file == null ? null : folders.path(file).toAbsolutePath();
    ServerTrust said =
        chosen == null
            ? config().trust()
            : chosen.context.covers(servers) ? chosen.context.trust() : ServerTrust.USUAL;
    return new ServerTrust(caFile, set("BILLETS_SERVER_USER")).or(said);
  }

  private List<ServerAddress> servers(Chosen chosen) {
    String variable = set("BILLETS_SERVER");
    if (flags.server() != null) {
      return parsed(flags.server(), "--server");
    }
    if (variable != null && (chosen == null || !chosen.byFlag)) {
      return parsed(variable, "BILLETS_SERVER");
    }
    if (chosen != null) {
      return chosen.context.servers();
    }
    return config().servers().isEmpty() ? onThisMachine() : config().servers();
  }

  /**
   * The socket of a server of the user's own, that of the system, and the loopback port. Each is
   * looked for at every connection, so that a watch finds a server that starts later.
   */
  private List<ServerAddress> onThisMachine() {
    List<ServerAddress> found = new ArrayList<>();
    String runtime = set("XDG_RUNTIME_DIR");
    if (runtime != null && runtime.startsWith("/")) {
      addSocket(runtime + "/billets/desk.sock", found);
    }
    addSocket(SYSTEM_SOCKET, found);
    found.addAll(ServerAddress.parseAll(LOOPBACK));
    return found;
  }

  private static void addSocket(String path, List<ServerAddress> found) {
    try {
      found.add(ServerAddress.ofSocket(path));
    } catch (IllegalArgumentException e) {
      // No server can listen there, either.
    }
  }

  private static List<ServerAddress> parsed(String text, String origin) {
    try {
      return ServerAddress.parseAll(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(origin + ": " + e.getMessage());
    }
  }

  private Duration timeout(Chosen chosen) {
    if (flags.timeout() != null) {
      return flags.timeout();
    }
    if (chosen != null && chosen.context.timeout() != null) {
      return chosen.context.timeout();
    }
    return config().timeout() == null ? DEFAULT_TIMEOUT : config().timeout();
  }

  private TokenSource token(Chosen chosen, List<ServerAddress> servers) {
    if (delegate != null) {
      return new DelegateIdentity(delegate);
    }
    boolean known = mayHaveToken(chosen, servers);
    if (known && chosen.byFlag) {
      return token(chosen);
    }
    String token = set("BILLETS_TOKEN");
    if (token != null) {
      return new GivenToken(token.strip(), "BILLETS_TOKEN");
    }
    String file = set("BILLETS_TOKEN_FILE");
    if (file != null) {
      return new FileToken(folders.path(file), "BILLETS_TOKEN_FILE", warnings);
    }
    if (known) {
      return token(chosen);
    }
    // The local token is an admin's of this machine's server: no other server gets to see it.
    boolean here = servers.stream().allMatch(Settings::isThisMachine);
    return here && (!hasToken(chosen) || localToken().toFile().exists())
        ? FileToken.local(localToken(), warnings)
        : none(chosen);
  }

  /** Where the server on this machine leaves the token its owner may read. */
  private Path localToken() {
    return folders.serverData().resolve("local.token");
  }

  /** Another server that got the token could use it at this context's. */
  private static boolean mayHaveToken(Chosen chosen, List<ServerAddress> servers) {
    return hasToken(chosen) && chosen.context.covers(servers);
  }

  private static boolean hasToken(Chosen chosen) {
    return chosen != null && chosen.context.hasToken();
  }

  private TokenSource token(Chosen chosen) {
    ContextSettings context = chosen.context;
    String of = " of the context '" + chosen.name + "'";
    return context.tokenFile() != null
        ? new FileToken(context.tokenFile(), "the token_file" + of, warnings)
        : new CommandToken(context.tokenCommand(), "the token_command" + of, CommandToken.PATIENCE);
  }

  private static boolean isThisMachine(ServerAddress server) {
    String host = server.uri().getHost();
    return server.socket() != null
        || host.equalsIgnoreCase("localhost")
        || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+")
        || host.equals("[::1]");
  }

  private static TokenSource none(Chosen chosen) {
    String why =
        hasToken(chosen)
            ? " (that of the context '" + chosen.name + "' goes to its own servers only)"
            : "";
    return () -> {
      throw Tokens.missing(
          "there is no token for this server"
              + why
              + ": set BILLETS_TOKEN_FILE to the file that has it, or use a context that names it",
          null);
    };
  }

  /** When to use colour; NO_COLOR overrides the file, and a flag both. */
  public ColourChoice colour(ColourChoice flag) {
    if (flag != null) {
      return flag;
    }
    boolean fileCounts = set("NO_COLOR") == null && config().colour() != null;
    return fileCounts ? config().colour() : ColourChoice.AUTO;
  }

  /**
   * The variables by which a {@code billets} in a child process uses the same server and token;
   * never the token itself.
   */
  public Map<String, String> forChildren() {
    Chosen chosen = chosen();
    List<ServerAddress> servers = servers(chosen);
    Map<String, String> variables = new TreeMap<>();
    variables.put(
        "BILLETS_SERVER",
        servers.stream()
            .filter(server -> servers.size() == 1 || !server.isMissingSocket())
            .map(ServerAddress::toString)
            .collect(Collectors.joining(",")));
    if (chosen != null) {
      variables.put("BILLETS_CONTEXT", chosen.name);
    }
    if (flags.caFile() != null) {
      variables.put("BILLETS_CA_FILE", "" + folders.path(flags.caFile()).toAbsolutePath());
    }
    if (mayHaveToken(chosen, servers) && chosen.byFlag) {
      // For the child the context is no flag: these would override it.
      variables.put("BILLETS_TOKEN", "");
      variables.put("BILLETS_TOKEN_FILE", "");
    }
    return variables;
  }

  /** The value of a variable; null when it is unset or empty. */
  private String set(String name) {
    String value = folders.environment().get(name);
    return value == null || value.isBlank() ? null : value;
  }
}
