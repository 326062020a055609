package org.lesbillets.server.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Identity of a file, which a copy does not share: its inode, and the device of its file system.
 * Immutable.
 *
 * <p>Both count only where they last. Virtual devices, with major number 0, are numbered as they
 * are mounted, so that the inode stands alone there. FAT and most file systems of FUSE assign other
 * inodes at each mount: a copy cannot be detected there, and no file is taken for one.
 *
 * @param value 0 if unknown
 * @param inode alone, as witnesses were written at first; 0 if unknown
 */
record FileIdentity(long value, long inode) {
  private static final FileIdentity UNKNOWN = new FileIdentity(0, 0);
  private static final Set<String> UNSTABLE = Set.of("vfat", "msdos", "exfat", "fat");

  /** Odd, so that different devices have different products. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  static FileIdentity of(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return UNKNOWN;
    }
    Map<String, Object> found = Files.readAttributes(file, "unix:ino,dev", NOFOLLOW_LINKS);
    return of(type(file), (long) found.get("dev"), (long) found.get("ino"));
  }

  /** The type of the file's file system, empty where the mount cannot be found (chroot). */
  private static String type(Path file) {
    try {
      return Files.getFileStore(file).type();
    } catch (IOException e) {
      return "";
    }
  }

  static FileIdentity of(String fileSystem, long device, long inode) {
    if (fileSystem.startsWith("fuse") || UNSTABLE.contains(fileSystem)) {
      return UNKNOWN;
    }
    long lasting = major(device) == 0 ? 0 : device;
    return new FileIdentity(inode ^ lasting * MIX, inode);
  }

  /** As in Linux's {@code gnu_dev_major}. */
  private static long major(long device) {
    return device >>> 8 & 0xfff | device >>> 32 & ~0xfffL;
  }

  /** Whether the file is certainly another one than that with the value {@code written}. */
  boolean isOther(long written) {
    return written != 0 && value != 0 && written != value && written != inode;
  }
}
