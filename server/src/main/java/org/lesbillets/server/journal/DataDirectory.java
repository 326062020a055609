package org.lesbillets.server.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A server's data directory under a mutex between processes: the operating system's lock on its
 * file {@code lock}, which ends with the process, however that ends. Any thread.
 */
public final class DataDirectory implements AutoCloseable {
  private static final Pattern PROCESS_ID = Pattern.compile("[0-9]{1,19}");

  /**
   * The directories this process holds. Checked first: opening and closing the lock file a second
   * time would end the lock of the whole process.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Locks the directory; creates a private one if there is none.
   *
   * @throws JournalException if it cannot be created or written, or another server holds it
   */
  public static DataDirectory open(Path directory) {
    try {
      Files.createDirectories(directory, PrivateFiles.directoryMode());
      Path path = directory.toRealPath();
      synchronized (HELD) {
        return held(path);
      }
    } catch (IOException e) {
      throw new JournalException(
          ("The data directory %s cannot be used (%s): give this user the right to write there, or"
                  + " name another one with --data.")
              .formatted(directory, FileErrorMessages.why(e)),
          e);
    }
  }

  private static DataDirectory held(Path path) throws IOException {
    if (HELD.contains(path)) {
      throw taken(path, " in this very process");
    }
    Path file = path.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, Set.of(CREATE, READ, WRITE), PrivateFiles.fileMode());
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw taken(path, holder(channel));
      }
      write(channel, Long.toString(ProcessHandle.current().pid()));
      HELD.add(path);
      return new DataDirectory(path, channel);
    } catch (IOException | JournalException e) {
      channel.close();
      throw e;
    }
  }

  private static JournalException taken(Path path, String holder) {
    return new JournalException(
        ("Another server%s is using the data directory %s: stop that one first, or give this one a"
                + " directory of its own with --data.")
            .formatted(holder, path));
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    channel.read(bytes, 0);
    String id = UTF_8.decode(bytes.flip()).toString().strip();
    return PROCESS_ID.matcher(id).matches() ? " (process " + id + ")" : "";
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(UTF_8.encode(text + "\n"), 0);
  }

  public Path path() {
    return path;
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  /** Unlocks the directory; the lock file stays. */
  @Override
  public void close() {
    synchronized (HELD) {
      if (!channel.isOpen()) {
        return;
      }
      HELD.remove(path);
      try (channel) {
        channel.truncate(0);
      } catch (IOException e) {
        throw new JournalException("The lock on " + path + " could not be released: " + e, e);
      }
    }
  }
}
