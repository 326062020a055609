package org.lesbillets.server.command;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lesbillets.server.config.ServerSettings;
import org.lesbillets.server.config.SettingSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code billets-server config check}: all that is wrong, with its place. */
@Command(
    name = "check",
    description = {
      "Check the file and the BILLETS_SERVER_ variables, and the files that they name.",
      "Prints all problems, each with its line and column, and ends with 2 if there are any."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  billets-server config check && systemctl reload billets-server",
      "  billets-server config check server.toml"
    })
final class ConfigCheckCommand extends ConfigVerb {
  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file. Default: the usual.")
  private Path file;

  @Override
  Path named() {
    return file;
  }

  @Override
  boolean checksTogether() {
    return true;
  }

  @Override
  List<String> lines(ServerSettings settings) {
    long given =
        settings.all().stream()
            .filter(setting -> setting.source().kind() != SettingSource.Kind.DEFAULT)
            .count();
    return List.of(
        settings.file() == null
            ? "There is no file of settings: all are defaults, but %d by variables."
                .formatted(given)
            : "%s makes sense: %d settings are given.".formatted(settings.file(), given));
  }

  @Override
  void write(JsonWriter json, ServerSettings settings) throws IOException {}
}
