package org.lesbillets.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone afterwards, also when the generator is interrupted. */
record Scratch(Path folder) implements AutoCloseable {
  Scratch {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> removeQuietly(folder)));
  }

  Scratch() throws IOException {
    this(Files.createTempDirectory("billets-bench"));
  }

  @Override
  public void close() throws IOException {
    remove(folder);
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Servers may still write while they end: twice is enough for what they leave. */
  private static void removeQuietly(Path folder) {
    for (int attempt = 0; attempt < 2; attempt++) {
      try {
        remove(folder);
        return;
      } catch (IOException | UncheckedIOException e) {
        continue;
      }
    }
  }
}
