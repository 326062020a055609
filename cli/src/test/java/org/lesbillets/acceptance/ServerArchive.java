package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A class-data archive of the distribution's server, with which it is ready in half the time: these
 * tests start some hundreds. The first process of tests that needs it makes it, below target, for
 * these jars and this Java; the others wait. A virtual machine that cannot use it starts without.
 * Stateless; any thread.
 */
final class ServerArchive {
  private static final int MAKING_SECONDS = 60;
  private static final Path FILE = made();

  private ServerArchive() {}

  /** The options of a virtual machine that uses it, as words between spaces. */
  static String options() {
    // A path of several words cannot be handed to the launcher.
    return FILE.toString().contains(" ") ? "" : " -Xlog:disable -XX:SharedArchiveFile=" + FILE;
  }

  private static Path made() {
    Path folder = Distribution.root().resolve("cli/target/server-archive");
    try {
      Files.createDirectories(folder);
      Path archive = folder.resolve(key() + ".jsa");
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !Files.exists(archive) && !archive.toString().contains(" ")) {
          make(archive);
        }
      }
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make(Path archive) throws IOException {
    Path making = archive.resolveSibling("making.jsa");
    Files.deleteIfExists(making);
    Path folder = Files.createTempDirectory(archive.getParent(), "server");
    try (ServerProcess server =
        ServerProcess.archiving(folder, "-Xlog:disable -XX:ArchiveClassesAtExit=" + making)) {
      server.owner().does("create --title 'of some classes'").succeeds();
      server.owner().does("lock 1").exits(0);
      server.owner().does("list").succeeds();
      assertEquals(0, server.stop(MAKING_SECONDS));
    }
    Files.move(making, archive, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Differs with what the archive depends on: the jars, where they are, and the Java. */
  private static String key() throws IOException {
    Path lib = Path.of(Distribution.server().get(0)).resolveSibling("../lib").normalize();
    CRC32C sum = new CRC32C();
    String place = lib + System.getProperty("java.home") + System.getProperty("java.vm.version");
    sum.update(place.getBytes(StandardCharsets.UTF_8));
    try (Stream<Path> jars = Files.list(lib)) {
      List<Path> sorted = jars.filter(Files::isRegularFile).sorted().toList();
      for (Path jar : sorted) {
        sum.update(Files.readAllBytes(jar));
      }
    }
    return Long.toHexString(sum.getValue());
  }
}
