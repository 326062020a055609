package org.lesbillets.server.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A server's data directory under a mutex between processes: the operating system's locks on its
 * file {@code lock} and, while it is served, on its journal, which end with the process, however
 * that ends. A removed {@code lock} does not let a second server in. Only this user or root may own
 * the directory and its files, and no other may write to them; no symbolic link in it is followed.
 * Any thread.
 */
public final class DataDirectory implements AutoCloseable {
  private static final Pattern PROCESS_ID = Pattern.compile("[0-9]{1,19}");

  /**
   * The directories this process holds. Checked first: opening and closing the lock file a second
   * time would end the lock of the whole process.
   */
  private static final Set<Path> HELD = new HashSet<>();

  /** The file of the journal, whose own lock is held while the directory is served. */
  public static final String JOURNAL = "journal.db";

  private static final List<String> FILES =
      List.of(
          "lock",
          JOURNAL,
          JOURNAL + "-wal",
          JOURNAL + "-shm",
          "head",
          "tokens",
          "tokens.lock",
          "local.token");

  /** A byte that SQLite does not lock, and that no file is long enough to have. */
  private static final long LOCKED_BYTE = 1L << 62;

  private final Path path;
  private final FileChannel channel;

  /** Guarded by {@link #HELD}. */
  private FileChannel journal;

  /** Guarded by {@link #HELD}. */
  private FileLock journalLock;

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
      refuse(PrivateFiles.objection(path, true));
      FILES.forEach(name -> refuse(PrivateFiles.objection(path.resolve(name), false)));
      synchronized (HELD) {
        return held(path);
      }
    } catch (IOException e) {
      throw new JournalException(
          ("The data directory %s cannot be used (%s): see that this user may write there and"
                  + " that its disk has room, or name another one with --data.")
              .formatted(directory, FileErrorMessages.why(e)),
          e);
    }
  }

  private static void refuse(Optional<String> objection) {
    objection.ifPresent(
        why -> {
          throw new JournalException("The data directory is not this server's alone: " + why);
        });
  }

  private static DataDirectory held(Path path) throws IOException {
    if (HELD.contains(path)) {
      throw taken(path, " in this very process");
    }
    Path file = path.resolve("lock");
    FileChannel channel = opened(file);
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

  private static FileChannel opened(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(CREATE, READ, WRITE, NOFOLLOW_LINKS), PrivateFiles.fileMode());
  }

  /**
   * Locks the journal's own file, which is created empty if there is none. The lock ends with this
   * directory, and when any other descriptor of that file is closed in this process: nothing but
   * SQLite may open it.
   *
   * @param bytes how many of it to read
   * @return its first bytes, fewer if it is shorter
   * @throws JournalException if another server holds it
   */
  public byte[] serve(int bytes) {
    synchronized (HELD) {
      Path file = path.resolve(JOURNAL);
      try {
        if (journal != null) {
          journal.close();
        }
        journal = opened(file);
        lockJournal();
        PrivateFiles.force(path);
        ByteBuffer beginning = ByteBuffer.allocate(bytes);
        int read = journal.read(beginning, 0);
        return Arrays.copyOf(beginning.array(), Math.max(0, read));
      } catch (OverlappingFileLockException e) {
        throw taken(path, " in this very process");
      } catch (IOException e) {
        throw new JournalException(
            ("The journal %s cannot be opened (%s): give this user the right to read and write it"
                    + " and its directory.")
                .formatted(file, FileErrorMessages.why(e)),
            e);
      }
    }
  }

  /**
   * Locks the journal's file once more. SQLite unlocks all of a file after each use, until it is in
   * WAL mode: then it keeps a lock of its own, and so ours, as long as it has connections.
   *
   * @throws JournalException if another server holds it by now
   */
  public void serveOn() {
    synchronized (HELD) {
      try {
        journalLock.release();
        lockJournal();
      } catch (IOException e) {
        throw new JournalException("The lock on " + path + " could not be kept: " + e, e);
      }
    }
  }

  private void lockJournal() throws IOException {
    journalLock = journal.tryLock(LOCKED_BYTE, 1, false);
    if (journalLock == null) {
      journal.close();
      throw taken(path, "");
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
        if (journal != null) {
          journal.close();
        }
        channel.truncate(0);
      } catch (IOException e) {
        throw new JournalException("The lock on " + path + " could not be released: " + e, e);
      }
    }
  }
}
