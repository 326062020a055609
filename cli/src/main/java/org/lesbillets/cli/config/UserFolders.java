package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where this user's programs keep what they keep, as the XDG base directories say. Immutable.
 *
 * @param home where nothing else is said
 */
public record UserFolders(Map<String, String> environment, Path home) {
  public UserFolders {
    environment = Map.copyOf(environment);
  }

  /** Where people write what they want. */
  public Path config() {
    return base("XDG_CONFIG_HOME", home.resolve(".config")).resolve("billets");
  }

  /** What outlives a program, but is nothing that people write. */
  public Path state() {
    return base("XDG_STATE_HOME", home.resolve(".local").resolve("state")).resolve("billets");
  }

  /** Where the server on this machine leaves the token its owner may read. */
  Path localToken() {
    return state().resolve("server").resolve("local.token");
  }

  /** A relative path would be another one in every folder: it counts as none. */
  private Path base(String variable, Path usual) {
    String value = environment.get(variable);
    return value != null && Path.of(value).isAbsolute() ? Path.of(value) : usual;
  }
}
