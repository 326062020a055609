package org.lesbillets.server.unix;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;

/**
 * The users of a machine that count by themselves, whatever their groups. Users are equal by their
 * numbers, whatever their names. Immutable.
 *
 * @param own the server's own
 * @param root of the number 0
 * @param overflow whom the kernel shows in the place of those that a user namespace has no number
 *     for: it may be anybody, also where the machine has an account of this number
 */
public record MachineUsers(UserPrincipal own, UserPrincipal root, UserPrincipal overflow) {
  private static final Path OVERFLOW = Path.of("/proc/sys/kernel/overflowuid");
  private static final int MAX_BYTES = 64;
  private static final long DEFAULT_OVERFLOW = 65_534;

  static MachineUsers of(UserPrincipal own) throws IOException {
    UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
    return new MachineUsers(
        own,
        users.lookupPrincipalByName("0"),
        users.lookupPrincipalByName(Long.toString(overflowId())));
  }

  /** The number of {@link #overflow}. The kernel gives it in one read, or in part. */
  static long overflowId() {
    try (InputStream file = Files.newInputStream(OVERFLOW)) {
      return Long.parseLong(new String(file.readNBytes(MAX_BYTES), US_ASCII).strip());
    } catch (IOException | NumberFormatException e) {
      return DEFAULT_OVERFLOW;
    }
  }

  /** Whether a user is an administrator by itself. */
  boolean administers(UserPrincipal user) {
    return !isAnybody(user) && (user.equals(own) || user.equals(root));
  }

  boolean isAnybody(UserPrincipal user) {
    return user.equals(overflow);
  }
}
