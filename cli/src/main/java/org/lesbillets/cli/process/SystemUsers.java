package org.lesbillets.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/**
 * Users of this machine, by the numbers that the kernel knows. Names are those of {@code
 * /etc/passwd}. Stateless; any thread.
 */
public final class SystemUsers {
  public static final long ROOT = 0;
  private static final long UNKNOWN = -1;

  /** The number that stands in a user namespace for every user outside it. */
  private static final long OVERFLOW = 65_534;

  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final String FILE_OWNER = "unix:uid";
  private static final int UID_FIELD = 2;

  private SystemUsers() {}

  /** The user this process runs as; negative if that cannot be determined. */
  public static long own() {
    return ownerOf(Path.of("/proc/self"));
  }

  /** The owner of a file; negative if that cannot be determined. */
  public static long ownerOf(Path file) {
    try {
      return ((Number) Files.getAttribute(file, FILE_OWNER)).longValue();
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return UNKNOWN;
    }
  }

  /** Whether this number stands for more than one user, so that it identifies none. */
  public static boolean isAmbiguous(long uid) {
    return uid == OVERFLOW && !mapsAllUsers();
  }

  /** False in a user namespace. */
  private static boolean mapsAllUsers() {
    try {
      String map = Files.readString(Path.of("/proc/self/uid_map"));
      return map.strip().matches("0\\s+0\\s+4294967295");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The number of a user.
   *
   * @param user a name, or the number itself
   * @return negative if there is no such user
   */
  public static long uidOf(String user) {
    if (user.matches("[0-9]{1,10}")) {
      return Long.parseLong(user);
    }
    for (String line : passwd()) {
      String[] fields = line.split(":");
      if (fields.length > UID_FIELD && fields[0].equals(user)) {
        return uidOf(fields[UID_FIELD]);
      }
    }
    return UNKNOWN;
  }

  /**
   * The number of a user that the system knows.
   *
   * @return negative if it is neither root, nor this user, nor in {@code /etc/passwd}
   */
  public static long uidOf(UserPrincipal user) {
    for (long uid : new long[] {ROOT, own()}) {
      if (uid >= 0 && user.equals(principal(uid))) {
        return uid;
      }
    }
    return uidOf(user.getName());
  }

  /** Null if the system has no users. */
  private static UserPrincipal principal(long uid) {
    try {
      return PASSWD
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(Long.toString(uid));
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /** A name for a sentence: the user's, or else "uid" and the number. */
  public static String nameOf(long uid) {
    for (String line : passwd()) {
      String[] fields = line.split(":");
      if (fields.length > UID_FIELD && fields[UID_FIELD].equals(Long.toString(uid))) {
        return "'" + fields[0] + "'";
      }
    }
    return "uid " + uid;
  }

  private static List<String> passwd() {
    try {
      return Files.readAllLines(PASSWD, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
