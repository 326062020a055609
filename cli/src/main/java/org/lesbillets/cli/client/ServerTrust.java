package org.lesbillets.cli.client;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.lesbillets.cli.process.SystemUsers;

/**
 * What identifies the right server. Immutable.
 *
 * @param serverUser the local user, by name or number, who runs the server of a plain loopback
 *     address, beside root and this user; null for none
 */
public record ServerTrust(String serverUser) {
  /** Where nothing was said. */
  public static final ServerTrust USUAL = new ServerTrust(null);

  // Records' own are linked at run time, which costs start-up time.

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerTrust trust && Objects.equals(serverUser, trust.serverUser);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(serverUser);
  }

  /**
   * The local users whose listener may be sent a token: root, this user, the owner of the token's
   * file, and the one that is named.
   */
  LongPredicate users(TokenSource token) {
    return new LongPredicate() {
      @Override
      public boolean test(long uid) {
        return uid == SystemUsers.ROOT || uid >= 0 && !SystemUsers.isAmbiguous(uid) && knows(uid);
      }

      private boolean knows(long uid) {
        Path file = token.file();
        return uid == SystemUsers.own()
            || file != null && uid == SystemUsers.ownerOf(file)
            || serverUser != null && uid == SystemUsers.uidOf(serverUser);
      }
    };
  }
}
