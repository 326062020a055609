package org.lesbillets.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.TokenSource;

/**
 * Where the settings of a connection come from: flag, then environment, then default.
 *
 * @param home the home directory, for the default of XDG_STATE_HOME
 */
public record ConnectionSettings(Map<String, String> environment, Path home) {
  private static final String DEFAULT_SERVER = "127.0.0.1";

  /**
   * @throws UsageException if a server's address cannot be read
   */
  ClientSettings resolve(ConnectionOptions flags) {
    List<ServerAddress> servers = servers(flags.server);
    return new ClientSettings(
        servers,
        token(servers),
        flags.timeout == null ? ConnectionOptions.DEFAULT_TIMEOUT : flags.timeout);
  }

  private List<ServerAddress> servers(String flag) {
    String fromEnvironment = set("BILLETS_SERVER");
    String text = flag != null ? flag : fromEnvironment != null ? fromEnvironment : DEFAULT_SERVER;
    String origin = flag != null ? "--server" : "BILLETS_SERVER";
    try {
      return ServerAddress.parseAll(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(origin + ": " + e.getMessage());
    }
  }

  private TokenSource token(List<ServerAddress> servers) {
    String token = set("BILLETS_TOKEN");
    if (token != null) {
      return token::strip;
    }
    String file = set("BILLETS_TOKEN_FILE");
    if (file != null) {
      return () -> read(Path.of(file), "BILLETS_TOKEN_FILE");
    }
    // The local token is an admin's of this machine's server: no other server gets to see it.
    return servers.stream().allMatch(ConnectionSettings::isThisMachine)
        ? this::localToken
        : ConnectionSettings::noToken;
  }

  private static boolean isThisMachine(ServerAddress server) {
    String host = server.uri().getHost();
    return host.equalsIgnoreCase("localhost")
        || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+")
        || host.equals("[::1]");
  }

  private String localToken() {
    Path file = localTokenFile();
    // Without the file the server is asked all the same: that none runs says more.
    return Files.exists(file) ? read(file, "the local token") : "";
  }

  /** Where the server on this machine leaves the token its owner may read. */
  Path localTokenFile() {
    return stateFolder().resolve("server").resolve("local.token");
  }

  /** Where this user's programs keep what outlives them. */
  Path stateFolder() {
    String state = set("XDG_STATE_HOME");
    Path base =
        state != null && Path.of(state).isAbsolute()
            ? Path.of(state)
            : home.resolve(".local").resolve("state");
    return base.resolve("billets");
  }

  private static String noToken() {
    throw unauthorized(
        "there is no token for this server: set BILLETS_TOKEN_FILE to the file that has it,"
            + " or BILLETS_TOKEN to the token");
  }

  private static String read(Path file, String what) {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw unauthorized(what + ": the file " + file + " is empty, it should hold a token");
      }
      return token;
    } catch (NoSuchFileException e) {
      throw unauthorized(what + ": there is no file " + file);
    } catch (IOException e) {
      throw unauthorized(what + ": the file " + file + " cannot be read, check who may read it");
    }
  }

  private static ConnectionException unauthorized(String message) {
    return new ConnectionException(ConnectionException.Kind.UNAUTHORIZED, message);
  }

  /** The value of a variable; null when it is unset or empty. */
  private String set(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }
}
