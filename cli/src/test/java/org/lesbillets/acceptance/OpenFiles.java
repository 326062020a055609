package org.lesbillets.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process has open, as {@code /proc} names it. Linux. */
final class OpenFiles {
  private OpenFiles() {}

  /** The names of files, and of sockets and pipes as {@code socket:[NUMBER]}. */
  static List<String> of(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", "" + pid, "fd"))) {
      return open.map(OpenFiles::target).toList();
    }
  }

  /** Empty for one that was closed meanwhile. */
  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
