package org.lesbillets.server.command;

import java.nio.file.Path;
import org.lesbillets.model.place.UserDirectories;
import org.lesbillets.server.config.ConfigOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that uses the data directory. */
public final class DataOption {
  @Mixin private ConfigOption config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory. Default: $$XDG_STATE_HOME/billets/server.")
  private Path directory;

  /** The given directory, or the default one. */
  public Path directory() {
    return directory == null ? UserDirectories.ofProcess().serverData() : directory;
  }
}
