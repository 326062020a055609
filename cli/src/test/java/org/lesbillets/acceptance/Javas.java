package org.lesbillets.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Javas that the packaged programs are tried with. */
final class Javas {
  private Javas() {}

  /** The one these tests run on, and what Debian's folder has that is newer than 17. */
  static List<String> all() throws IOException {
    Path folder = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(folder)) {
      return List.of(System.getProperty("java.home"));
    }
    try (Stream<Path> installed = Files.list(folder)) {
      Stream<String> newer = installed.filter(Javas::isNewer).map(Path::toString).sorted();
      return Stream.concat(Stream.of(System.getProperty("java.home")), newer).distinct().toList();
    }
  }

  private static boolean isNewer(Path home) {
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.readString(home.resolve("release"))
              .matches("(?s).*JAVA_VERSION=\"(1[89]|[2-9][0-9]).*");
    } catch (IOException e) {
      return false;
    }
  }
}
