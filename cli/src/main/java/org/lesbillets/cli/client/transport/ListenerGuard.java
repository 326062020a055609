package org.lesbillets.cli.client.transport;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.lesbillets.cli.process.SystemUsers;

/**
 * A check that the listener on a plain loopback address belongs to a trusted user. While no server
 * runs, any user of this machine can listen on its port, and would be sent the token.
 *
 * <p>The owner is looked up before connecting, and again before the first byte is sent. A listening
 * socket that was there both times has accepted the connection, since the kernel lets no other user
 * bind the same address beside it. One that is found after connecting alone proves nothing: a
 * stranger may have accepted, and left the port.
 *
 * <p>Only on Linux: elsewhere the owner of a socket cannot be determined, and the guard permits
 * all. For one connection and one thread at a time.
 */
final class ListenerGuard {
  private final InetSocketAddress address;
  private final ConnectionSecurity security;
  private final boolean active;
  private ListeningSocket seen;

  private ListenerGuard(InetSocketAddress address, ConnectionSecurity security, boolean active) {
    this.address = address;
    this.security = security;
    this.active = active;
  }

  /**
   * A guard of a connection.
   *
   * @param address resolved, one of those of {@code server}
   */
  static ListenerGuard of(URI server, InetSocketAddress address, ConnectionSecurity security) {
    boolean plainLoopback =
        server.getScheme().equals("ws")
            && address.getAddress() != null
            && address.getAddress().isLoopbackAddress();
    boolean active = plainLoopback && !security.token().isEmpty() && isLinux();
    return new ListenerGuard(address, security, active);
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").equals("Linux") || new File("/proc/self/net").exists();
  }

  /**
   * The first look-up.
   *
   * @throws ListenerRefusedException if the listener's owner is not trusted
   */
  void beforeConnecting() throws ListenerRefusedException {
    if (active) {
      seen = lookUp();
    }
  }

  /**
   * The second look-up, after connecting.
   *
   * @throws ListenerRefusedException if the listener's owner is not trusted, or unknown
   * @throws ConnectException if another listener was there before, or the trusted one has ended:
   *     another attempt may succeed
   */
  void beforeSending() throws IOException {
    if (!active) {
      return;
    }
    ListeningSocket now = lookUp();
    if (now == null && seen != null) {
      throw new ConnectException("the program that listened there has ended");
    }
    if (now == null) {
      throw new ListenerRefusedException(new IOException("no listener is listed"));
    }
    if (seen == null || seen.inode() != now.inode()) {
      throw new ConnectException("another program listened there before");
    }
  }

  /**
   * The check of the listener of a Unix domain socket, by the credentials that the kernel keeps of
   * the process that listens. Beside the users who are trusted anyway it may be the one for whom
   * the administrator made its folder in {@code /run}, where only root can make any.
   *
   * @throws ListenerRefusedException if the listener's user is not trusted
   */
  static void check(Path socket, UserPrincipal listener, ConnectionSecurity security)
      throws IOException {
    if (!security.trustedUsers().test(SystemUsers.uidOf(listener))
        && !ownsFolderInRun(listener, socket)) {
      throw new ListenerRefusedException(listener.getName());
    }
  }

  private static boolean ownsFolderInRun(UserPrincipal user, Path socket) throws IOException {
    Path run = Path.of("/run");
    Path folder = socket.toRealPath().getParent();
    return run.equals(folder.getParent())
        && SystemUsers.ownerOf(run) == SystemUsers.ROOT
        && Files.getOwner(folder).equals(user);
  }

  private ListeningSocket lookUp() throws ListenerRefusedException {
    ListeningSocket listener;
    try {
      listener = ListeningSocket.at(address.getAddress(), address.getPort());
    } catch (IOException | NumberFormatException e) {
      throw new ListenerRefusedException(new IOException(e));
    }
    if (listener != null && !security.trustedUsers().test(listener.uid())) {
      throw new ListenerRefusedException(listener.uid());
    }
    return listener;
  }
}
