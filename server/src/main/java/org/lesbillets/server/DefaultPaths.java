package org.lesbillets.server;

import java.nio.file.Path;
import java.util.Map;

/** Where the server keeps its things unless it is told otherwise. Pure; any thread. */
final class DefaultPaths {
  private DefaultPaths() {}

  /** The data directory of this process's user. */
  static Path dataDirectory() {
    return dataDirectory(System.getenv(), System.getProperty("user.home"));
  }

  /**
   * {@code $XDG_STATE_HOME/billets/server}, or {@code .local/state/billets/server} of the home
   * directory where that is unset or, against its specification, not absolute.
   */
  static Path dataDirectory(Map<String, String> environment, String home) {
    Path state = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
    Path base = state.isAbsolute() ? state : Path.of(home, ".local", "state");
    return base.resolve("billets").resolve("server");
  }
}
