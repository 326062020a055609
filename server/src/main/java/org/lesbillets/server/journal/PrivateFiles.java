package org.lesbillets.server.journal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read, written atomically and durably. Stateless; any thread. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** The mode of a file, {@code rw-------}, where the file system has modes. */
  public static FileAttribute<?>[] fileMode() {
    return mode("rw-------");
  }

  /** The mode of a directory, {@code rwx------}, where the file system has modes. */
  public static FileAttribute<?>[] directoryMode() {
    return mode("rwx------");
  }

  private static FileAttribute<?>[] mode(String mode) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  /** Makes creations, renames and removals in {@code directory} durable (fsync). */
  public static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  /** Replaces a file's content atomically: readers see all of the old or all of the new. */
  public static void replace(Path file, byte[] content) throws IOException {
    replace(file, part -> Files.write(part, content));
  }

  /** As {@link #replace(Path, byte[])}, with a content that is written under a temporary name. */
  public static <E extends Exception> void replace(Path file, Content<E> content)
      throws IOException, E {
    Path directory = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(directory, file.getFileName() + ".", ".part", fileMode());
    try {
      content.write(part);
      try (FileChannel channel = FileChannel.open(part, WRITE)) {
        channel.force(true);
      }
      Files.move(part, file, ATOMIC_MOVE);
      force(directory);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Writer of a file's content. */
  public interface Content<E extends Exception> {
    void write(Path part) throws IOException, E;
  }
}
