package org.lesbillets.server.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.lesbillets.server.journal.FileErrorMessages;
import org.lesbillets.server.journal.PrivateFiles;

/**
 * A listening socket in the file system, open to all: who is admitted is decided later. A lock on a
 * file beside it, {@code PATH.lock}, keeps two servers from replacing each other's sockets; it ends
 * with the process, and the socket that a killed server left behind is replaced. One thread binds
 * and closes, another accepts.
 */
public final class UnixServerSocket implements AutoCloseable {
  /** Bytes of a path that Java takes, two fewer than the kernel's address has. */
  public static final int LONGEST_PATH = 106;

  private static final int BACKLOG = 4_096;
  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;
  private static final int OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;

  private final Path path;
  private final ServerSocketChannel channel;
  private final FileChannel lock;
  private final Object fileKey;
  private final MachineUsers users;

  private UnixServerSocket(Path path, ServerSocketChannel channel, FileChannel lock)
      throws IOException {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
    this.fileKey = fileKey(path);
    this.users = MachineUsers.of(Files.getOwner(path, NOFOLLOW_LINKS));
  }

  /** Whether a path fits into the address of a socket. */
  public static boolean fits(Path path) {
    return path.toString().getBytes(UTF_8).length <= LONGEST_PATH;
  }

  /** Whether the directory of a socket lets other users pass, its group at least. */
  public static boolean isReachable(Path path) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path.getParent());
      return mode.contains(PosixFilePermission.OTHERS_EXECUTE)
          || mode.contains(PosixFilePermission.GROUP_EXECUTE);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The directory above that of a socket in which others could put one of their own in its place:
   * it belongs to another user, or others may write to it, and not only to their own files
   * (sticky).
   *
   * @return empty if there is none
   */
  public static Optional<Path> exposed(Path path) {
    try {
      Path directory = path.toAbsolutePath().getParent().toRealPath().getParent();
      for (; directory != null; directory = directory.getParent()) {
        Map<String, Object> found = Files.readAttributes(directory, "unix:uid,mode");
        int owner = (int) found.get("uid");
        int mode = (int) found.get("mode");
        boolean foreign = owner != 0 && owner != PrivateFiles.ownUser();
        if (foreign || (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
          return Optional.of(directory);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes the socket and listens.
   *
   * @param path absolute
   * @throws UnixSocketException if it cannot; nothing is left then but the file of the lock
   */
  public static UnixServerSocket bind(Path path) {
    checkOwnUser(PrivateFiles.ownUser(), MachineUsers.overflowId());
    checkDirectory(path);
    FileChannel lock = null;
    try {
      lock = locked(path);
      removeStale(path);
      return new UnixServerSocket(path, listening(path), lock);
    } catch (IOException | UnixSocketException e) {
      closeQuietly(lock);
      throw e instanceof UnixSocketException sentence ? sentence : unusable(path, e);
    }
  }

  private static UnixSocketException unusable(Path path, Exception cause) {
    return new UnixSocketException(
        "It cannot listen on the socket %s (%s): give this user a directory for it with --socket."
            .formatted(path, FileErrorMessages.why((IOException) cause)),
        cause);
  }

  /** Any user of another user namespace would be taken for the server's own. */
  static void checkOwnUser(long own, long overflow) {
    if (own == overflow) {
      throw new UnixSocketException(
          ("The kernel shows every user that it cannot name here as the user %d, whom this server"
                  + " runs as, so that a socket would let all of them in: run it as a user of its"
                  + " own, or with --port and tokens.")
              .formatted(overflow));
    }
  }

  /** Another user that may write to the directory could put a socket of its own there. */
  private static void checkDirectory(Path path) {
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new UnixSocketException(
          ("There is no directory %s for the socket: create it, for this user to write to, or give"
                  + " another --socket.")
              .formatted(directory));
    }
    try {
      PrivateFiles.objection(directory.toRealPath(), true)
          .ifPresent(
              why -> {
                throw new UnixSocketException(
                    ("Others could put their own socket in the place of the server's: %s"
                            + " Or give a --socket in a directory of this user's own, of mode 755.")
                        .formatted(why));
              });
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    Path file = path.resolveSibling(path.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(file, Set.of(CREATE, WRITE, NOFOLLOW_LINKS), PrivateFiles.fileMode());
    try {
      if (channel.tryLock() == null) {
        throw taken(path);
      }
      return channel;
    } catch (OverlappingFileLockException | UnixSocketException e) {
      channel.close();
      throw taken(path);
    }
  }

  private static UnixSocketException taken(Path path) {
    return new UnixSocketException(
        "Another server listens on %s: stop that one first, or give this one another --socket."
            .formatted(path));
  }

  /** Removes a socket of this user's on which no process listens; objects to anything else. */
  private static void removeStale(Path path) throws IOException {
    Map<String, Object> found;
    try {
      found = Files.readAttributes(path, "unix:uid,mode", NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (((int) found.get("mode") & TYPE) != SOCKET) {
      throw new UnixSocketException(
          "%s is there already and is no socket: remove it, or give another --socket."
              .formatted(path));
    }
    if ((int) found.get("uid") != PrivateFiles.ownUser()) {
      throw new UnixSocketException(
          ("The socket %s belongs to another user, %s: remove it as that user, or give another"
                  + " --socket.")
              .formatted(path, Files.getOwner(path, NOFOLLOW_LINKS)));
    }
    if (isServed(path)) {
      throw taken(path);
    }
    Files.delete(path);
  }

  /** Only a refused connection says that no process listens; a full backlog does not refuse. */
  private static boolean isServed(Path path) {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static ServerSocketChannel listening(Path path) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Object fileKey(Path path) throws IOException {
    return Files.getAttribute(path, "fileKey", NOFOLLOW_LINKS);
  }

  /** The users that count by themselves; the socket belongs to the server's own. */
  public MachineUsers users() {
    return users;
  }

  /**
   * Waits for the next connection.
   *
   * @throws IOException if it failed; an {@link java.nio.channels.AsynchronousCloseException} or
   *     {@link java.nio.channels.ClosedChannelException} after {@link #close}
   */
  public SocketChannel accept() throws IOException {
    SocketChannel accepted = channel.accept();
    try {
      accepted.configureBlocking(false);
      return accepted;
    } catch (IOException e) {
      accepted.close();
      throw e;
    }
  }

  /**
   * The user at the other end of a connection, since it connected. Blocks for as long as the
   * machine takes to find its name.
   */
  static UserPrincipal userOf(SocketChannel accepted) throws IOException {
    return accepted.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
  }

  /** Stops to listen, and removes the socket unless another file has its place by now. */
  @Override
  public void close() {
    try {
      channel.close();
      if (fileKey.equals(fileKey(path))) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // Removed by someone else, which is the goal.
    } finally {
      closeQuietly(lock);
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The end of the process closes it.
    }
  }
}
