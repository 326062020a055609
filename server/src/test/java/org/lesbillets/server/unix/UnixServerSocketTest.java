package org.lesbillets.server.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands where the socket is to be: only a socket that nobody serves is replaced. */
class UnixServerSocketTest {
  private static final int NOBODY = 65_534;

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("desk.sock");
  }

  private void assertRefused(String expected) throws IOException {
    String before = Files.exists(path) ? Files.getLastModifiedTime(path).toString() : "";
    String sentence =
        assertThrows(UnixSocketException.class, () -> UnixServerSocket.bind(path)).getMessage();
    assertTrue(sentence.contains(expected), sentence);
    assertEquals(before, Files.exists(path) ? Files.getLastModifiedTime(path).toString() : "");
  }

  private ServerSocketChannel other() throws IOException {
    ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    other.bind(UnixDomainSocketAddress.of(path));
    return other;
  }

  @Test
  void theUserAtTheOtherEndIsNamed() throws IOException {
    try (UnixServerSocket socket = UnixServerSocket.bind(path);
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      assertTrue(client.isConnected());
      SocketChannel accepted = socket.accept();
      UserPrincipal user = UnixServerSocket.userOf(accepted);
      assertEquals(socket.users().own(), user);
      assertEquals(System.getProperty("user.name"), user.getName());
      accepted.close();
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void aSocketThatAKilledServerLeftIsReplaced() throws IOException {
    other().close();
    assertTrue(Files.exists(path));
    UnixServerSocket.bind(path).close();
    assertFalse(Files.exists(path));
  }

  @Test
  void aSocketThatIsServedIsLeftAlone() throws IOException {
    try (ServerSocketChannel other = other()) {
      assertRefused("Another server listens on " + path);
      assertTrue(other.isOpen());
    }
  }

  @Test
  void aBusyServerIsNotTakenForADeadOne() throws IOException {
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(path), 1);
      SocketChannel[] waiting = new SocketChannel[8];
      for (int i = 0; i < waiting.length; i++) {
        waiting[i] = SocketChannel.open(StandardProtocolFamily.UNIX);
        waiting[i].configureBlocking(false);
        connect(waiting[i]);
      }
      assertRefused("Another server listens on " + path);
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  private void connect(SocketChannel channel) {
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      // The backlog is full, which is what is wanted.
    }
  }

  @Test
  void twoServersDoNotReplaceEachOthersSockets() throws IOException {
    try (UnixServerSocket first = UnixServerSocket.bind(path)) {
      Files.delete(path);
      assertRefused("Another server listens on " + path);
      assertFalse(first.users().own().getName().isEmpty());
    }
  }

  @Test
  void theSocketOfALaterServerIsNotRemoved() throws IOException {
    UnixServerSocket first = UnixServerSocket.bind(path);
    Files.delete(path);
    try (ServerSocketChannel later = other()) {
      first.close();
      assertTrue(Files.exists(path));
      assertTrue(later.isOpen());
    }
  }

  @Test
  void aFileIsNoSocket() throws IOException {
    Files.writeString(path, "precious");
    assertRefused("is there already and is no socket");
    assertEquals("precious", Files.readString(path));
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "precious");
    Files.createSymbolicLink(path, target);
    assertRefused("is there already and is no socket");
    assertTrue(Files.isSymbolicLink(path));
  }

  @Test
  void aMissingDirectoryIsNotMade() {
    path = folder.resolve("none/desk.sock");
    String sentence =
        assertThrows(UnixSocketException.class, () -> UnixServerSocket.bind(path)).getMessage();
    assertTrue(sentence.startsWith("There is no directory " + folder.resolve("none")), sentence);
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx", "rwxrwxrwx"})
  void aDirectoryThatOthersWriteToIsRefused(String mode) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    assertRefused("Others could put their own socket in the place of the server's");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aSocketOfAnotherUserIsLeftAlone() throws IOException {
    assumeTrue(isRoot(), "only root can make a file of another user");
    other().close();
    Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    assertRefused("belongs to another user");
  }

  /** Who may write to a directory may rename those in it, unless its sticky bit is set. */
  @ParameterizedTest
  @CsvSource({"0755, false", "0775, true", "0757, true", "01777, false"})
  void theDirectoriesAboveAreLookedAt(String mode, boolean exposed) throws IOException {
    Path above = Files.createDirectory(folder.toRealPath().resolve("above"));
    path = Files.createDirectories(above.resolve("a/b")).resolve("desk.sock");
    Files.setAttribute(above, "unix:mode", Integer.parseInt(mode, 8));
    assertEquals(exposed ? Optional.of(above) : Optional.empty(), UnixServerSocket.exposed(path));
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aDirectoryAboveOfAnotherUserIsSeen() throws IOException {
    assumeTrue(isRoot(), "only root can make a directory of another user");
    Path above = Files.createDirectory(folder.toRealPath().resolve("above"));
    path = Files.createDirectories(above.resolve("a")).resolve("desk.sock");
    Files.setAttribute(above, "unix:uid", NOBODY);
    assertEquals(Optional.of(above), UnixServerSocket.exposed(path));
  }

  @ParameterizedTest
  @CsvSource({"rwx------, false", "rwx--x---, true", "rwx--x--x, true", "rwxr--r--, false"})
  void aDirectoryHasToLetOthersPass(String mode, boolean reachable) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    assertEquals(reachable, UnixServerSocket.isReachable(path));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  @Test
  void theLengthOfAPathIsThatOfTheKernel() throws IOException {
    String name = "x".repeat(UnixServerSocket.LONGEST_PATH - folder.toString().length() - 1);
    path = folder.resolve(name);
    assertTrue(UnixServerSocket.fits(path));
    UnixServerSocket.bind(path).close();
    assertFalse(UnixServerSocket.fits(folder.resolve(name + "x")));
    assertFalse(UnixServerSocket.fits(folder.resolve(name.substring(1) + "é")));
  }
}
