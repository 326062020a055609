package org.lesbillets.server;

import java.nio.file.Path;
import org.lesbillets.model.place.UserDirectories;
import picocli.CommandLine.Option;

/** The option every command has that touches the data directory. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory. Default: $$XDG_STATE_HOME/billets/server.")
  private Path directory;

  /** The directory that was named, or the default one. */
  Path directory() {
    return directory == null ? UserDirectories.ofProcess().serverData() : directory;
  }
}
