package org.lesbillets.server.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;

/** Files that only their owner may read, written atomically and durably. Stateless; any thread. */
public final class PrivateFiles {
  /** The bits of a mode that let the group and others write. */
  private static final int OTHERS_WRITE = 0022;

  /** The end of the temporary name of a file that is being written. */
  private static final String PART = ".part";

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

  /**
   * Why a directory or file, which need not exist, cannot be trusted: others may write to it, or
   * have put it there. Follows no symbolic link.
   *
   * @param directory whether it is to be a directory, else a regular file
   * @return a sentence with the cure; empty if only its owner, this user or root, may write to it
   */
  public static Optional<String> objection(Path path, boolean directory) {
    try {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:uid,mode,isDirectory,isRegularFile", NOFOLLOW_LINKS);
      if (!(boolean) found.get(directory ? "isDirectory" : "isRegularFile")) {
        return Optional.of(
            "%s is not %s: remove it, it was not put there by the server."
                .formatted(path, directory ? "a directory" : "a regular file"));
      }
      int owner = (int) found.get("uid");
      if (owner != 0 && owner != OwnUser.ID) {
        UserPrincipal user = Files.getOwner(path, NOFOLLOW_LINKS);
        return Optional.of(belongsToAnother(path, user, directory));
      }
      return ((int) found.get("mode") & OTHERS_WRITE) == 0
          ? Optional.empty()
          : Optional.of(
              "%s can be written to by other users: 'chmod %s %s', and see that they wrote nothing."
                  .formatted(path, directory ? "700" : "600", path));
    } catch (NoSuchFileException | UnsupportedOperationException | IllegalArgumentException e) {
      // There is nothing yet, or a file system without owners.
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("%s cannot be looked at (%s).".formatted(path, FileErrorMessages.why(e)));
    }
  }

  /** As root, one has most likely forgotten to become the user of an installed server. */
  private static String belongsToAnother(Path path, UserPrincipal owner, boolean directory) {
    String cure =
        OwnUser.ID == 0 && directory
            ? "do this as that user (runuser -u %s -- billets-server …)".formatted(owner)
            : "'chown %d %s', as root and if you know what is in it".formatted(OwnUser.ID, path);
    return "%s belongs to another user, %s, who could change it: %s.".formatted(path, owner, cure);
  }

  /** The number of this process's user. Only where files have owners. */
  public static long ownUser() {
    return OwnUser.ID;
  }

  /** Loaded only where files have owners. */
  private static final class OwnUser {
    static final long ID = new UnixSystem().getUid();
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
    Path part = Files.createTempFile(directory, file.getFileName() + ".", PART, fileMode());
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

  /**
   * Removes what {@link #replace} left of a file when its process was killed. Only while no other
   * process replaces it.
   */
  public static void removeParts(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    String glob = file.getFileName() + ".[0-9]*" + PART;
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, glob)) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  /** Writer of a file's content. */
  public interface Content<E extends Exception> {
    void write(Path part) throws IOException, E;
  }
}
