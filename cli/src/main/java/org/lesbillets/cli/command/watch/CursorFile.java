package org.lesbillets.cli.command.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.model.ResumePoint;

/**
 * The position of a watch in a file of one line, {@code JOURNALID:REVISION}, which survives the
 * process and the machine. Each save creates a file beside it, never writing through a link, syncs
 * that, renames it over, and syncs the directory: the file is never half written. A lock on {@code
 * FILE.lock} keeps a second process out, and ends with this one.
 *
 * <p>Confined to one thread. A position is saved when the caller says so; {@link #isDue} bounds how
 * old the file gets while there is nothing to deliver.
 */
final class CursorFile implements AutoCloseable {
  /** How old the file may be while positions pass that deliver nothing. */
  private static final Duration LAZY = Duration.ofSeconds(10);

  /** Of the file that a save makes; what has this name is of a save that was cut off. */
  private static final String FRESH = ".billets-new";

  /** More than any position takes. */
  private static final int MOST_BYTES = 200;

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final String name;
  private final Path file;
  private final Path fresh;
  private final FileChannel lock;

  /** Those of the file that was there; null where none was. */
  private final Set<PosixFilePermission> permissions;

  private ResumePoint saved;
  private ResumePoint noted;
  private long savedNanos;

  private CursorFile(String name, Path file, FileChannel lock) throws IOException {
    this.name = name;
    this.file = file;
    this.fresh = beside(file, FRESH);
    this.lock = lock;
    this.permissions = Files.exists(file) ? Files.getPosixFilePermissions(file) : null;
    this.saved = permissions == null ? null : parsed();
    this.noted = saved;
    tryToWrite();
  }

  /**
   * Takes the file, or the place for it.
   *
   * @throws UsageException if another process has it, it cannot be read or written, or it holds no
   *     position
   */
  static CursorFile open(Path path) {
    FileChannel lock = null;
    try {
      Path file = target(path);
      lock = locked(file);
      if (lock == null) {
        throw new UsageException(
            "another process works with the cursor file "
                + path
                + ": give each watch a file of its own, or end the other one first");
      }
      return new CursorFile(path.toString(), file, lock);
    } catch (IOException e) {
      close(lock);
      throw new UsageException(
          "the cursor file "
              + path
              + " cannot be used ("
              + reason(e)
              + "): it has to be a file that can be read and replaced, in a folder that is there");
    } catch (UsageException e) {
      close(lock);
      throw e;
    }
  }

  /** The file itself where its name is a link, so that it stays one. */
  private static Path target(Path path) throws IOException {
    Path file = path.toAbsolutePath();
    if (Files.exists(file)) {
      file = file.toRealPath();
      if (!Files.isRegularFile(file)) {
        throw new IOException("it is no regular file");
      }
    } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is a link to a file that is not there");
    } else if (!Files.isDirectory(file.getParent())) {
      throw new IOException(file.getParent() + " is no folder");
    }
    return file;
  }

  private static Path beside(Path file, String end) {
    return file.resolveSibling(file.getFileName() + end);
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            beside(file, ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // This process has it already.
    }
    channel.close();
    return null;
  }

  private ResumePoint parsed() throws IOException {
    byte[] bytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // Until it is full, or the file ends.
      }
      bytes = Arrays.copyOf(buffer.array(), buffer.position());
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    ResumePoint point = text.endsWith("\n") ? WatchPlace.parse(text.strip()) : null;
    if (point == null) {
      throw new UsageException(
          "the cursor file "
              + name
              + (text.isBlank() ? " is empty" : " holds no position, or a part of one")
              + ": remove it to begin now, or put a line of the form JOURNALID:REVISION into it");
    }
    return point;
  }

  /** Writes what is there already, or nothing at all: better now than behind the first event. */
  private void tryToWrite() throws IOException {
    if (saved == null) {
      write("");
      Files.delete(fresh);
    } else {
      replace(saved);
    }
  }

  /** The saved position; null where there is no file yet. */
  ResumePoint saved() {
    return saved;
  }

  /** The watch has delivered everything up to here; to be saved later. */
  void note(ResumePoint at) {
    noted = at;
  }

  /** Whether the file should not wait for the next delivery. */
  boolean isDue() {
    return noted != null
        && !noted.equals(saved)
        && (saved == null || System.nanoTime() - savedNanos >= LAZY.toNanos());
  }

  /**
   * Makes what was noted last durable.
   *
   * @throws UncheckedIOException if that fails
   */
  void save() {
    if (noted == null || noted.equals(saved)) {
      return;
    }
    try {
      replace(noted);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the cursor file "
              + name
              + " cannot be written ("
              + reason(e)
              + "), so the watch ends: what came since may come again when it is started anew",
          e);
    }
  }

  private void replace(ResumePoint point) throws IOException {
    write(WatchPlace.text(point) + "\n");
    if (permissions != null) {
      Files.setPosixFilePermissions(fresh, permissions);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
    saved = point;
    savedNanos = System.nanoTime();
  }

  private void write(String text) throws IOException {
    Files.deleteIfExists(fresh);
    try (FileChannel channel = FileChannel.open(fresh, NEW, attributes())) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Not open to others for a moment either, where the file is not. */
  private FileAttribute<?>[] attributes() {
    return permissions == null
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " cannot be made there";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getFile() + ": " + failure.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private static void close(FileChannel lock) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        // The lock ends with the process at the latest.
      }
    }
  }

  @Override
  public void close() {
    close(lock);
  }
}
