package org.lesbillets.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the programs are that the build made. */
final class Distribution {
  private Distribution() {}

  /** The top of the project. */
  static Path root() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
  }

  static List<String> server(String... arguments) {
    return command("server/target/billets-server/bin/billets-server", arguments);
  }

  /** The packaged {@code billets}, which is there only after this module's package phase. */
  static List<String> billets(String... arguments) {
    return command("cli/target/billets/bin/billets", arguments);
  }

  /** {@code billets} from the classes these tests run with, which is there at any time. */
  static List<String> billetsFromClasses(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.lesbillets.cli.BilletsMain"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> command(String program, String... arguments) {
    Path path = root().resolve(program);
    if (!Files.isExecutable(path)) {
      throw new AssertionError(path + " is not built: run ./mvnw verify from the top");
    }
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(List.of(arguments));
    return command;
  }
}
