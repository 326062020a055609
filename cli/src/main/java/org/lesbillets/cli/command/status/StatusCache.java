package org.lesbillets.cli.command.status;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.lesbillets.model.place.UserDirectories;

/**
 * File cache of the last status, or failure, of a server: one file for each server and token,
 * readable by its owner only. What cannot be read counts as absent, what cannot be written is not
 * kept. Files are replaced atomically, so that several processes may use them concurrently.
 * Immutable.
 */
public final class StatusCache {
  private static final String PREFIX = "status-";
  private static final int MOST_BYTES = 1 << 16;

  /** A failure is cached for less time: the server may be back. */
  private static final Duration AWAY = Duration.ofSeconds(5);

  private final Path folder;
  private final String identity;
  private final Supplier<BootTime> present;

  /**
   * @param folder made when there is something to keep
   * @param identity of server and token, the cache key
   */
  public StatusCache(Path folder, String identity, Clock clock) {
    this(folder, identity, () -> BootTime.now(clock));
  }

  StatusCache(Path folder, String identity, Supplier<BootTime> present) {
    this.folder = folder;
    this.identity = CachedStatus.oneLine(identity);
    this.present = present;
  }

  /** The cache folder. */
  public static Path folder(UserDirectories directories) {
    return directories.state().resolve("cache");
  }

  /** Invalidates the cache of all servers, after a run that may have changed something. */
  public static void forget(Path folder) {
    String[] names = folder.toFile().list();
    if (names != null) {
      for (String name : names) {
        if (name.startsWith(PREFIX)) {
          // What cannot be deleted expires soon.
          new File(folder.toFile(), name).delete();
        }
      }
    }
  }

  private Path file() {
    return folder.resolve(PREFIX + Integer.toHexString(identity.hashCode()));
  }

  /**
   * The cached status if it is not older than {@code maxAge}, aged.
   *
   * @return null on a cache miss
   */
  public KnownStatus fresh(Duration maxAge) {
    CachedStatus cached = read();
    Duration passed = cached == null ? null : present.get().since(cached.at());
    if (passed == null || !cached.identity().equals(identity)) {
      return null;
    }
    boolean away = cached.known().report() == null;
    if (passed.compareTo(maxAge) > 0 || away && passed.compareTo(AWAY) > 0) {
      return null;
    }
    KnownStatus now = cached.known().later(passed);
    // An expired lock may have been renewed: that is a cache miss.
    return now.isOver() ? null : now;
  }

  private CachedStatus read() {
    try {
      if (isWritableByOthers(folder)) {
        return null;
      }
      try (InputStream in = Files.newInputStream(file(), LinkOption.NOFOLLOW_LINKS)) {
        return CachedStatus.parse(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
      }
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return null;
    }
  }

  private static boolean isWritableByOthers(Path folder) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
    return mode.contains(PosixFilePermission.GROUP_WRITE)
        || mode.contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Writes a status to the cache. */
  public void keep(KnownStatus known) {
    String text = new CachedStatus(identity, present.get(), known).text();
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (isWritableByOthers(folder)) {
        return;
      }
      Path fresh = Files.createTempFile(folder, PREFIX, ".new");
      try {
        Files.writeString(fresh, text);
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Then the next run is a cache miss, too.
    }
  }
}
