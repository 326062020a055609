package org.lesbillets.server.config;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the file of the settings. */
public final class ConfigOption {
  static final String NAME = "--config";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description =
          "The file of the settings. Default: $$BILLETS_SERVER_CONFIG, else"
              + " $$XDG_CONFIG_HOME/billets/server.toml or /etc/billets-server/config.toml.")
  private Path file;

  /** Null where none is named. */
  public Path file() {
    return file;
  }
}
