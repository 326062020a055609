package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.process.SystemUsers;

/** A user without rights listens where the server should. */
@Timeout(Patience.SECONDS)
class StrangerTest {
  private static final String NOBODY = "65534";
  private static final String TOKEN = "blt_0123456789abcdefghijklmnopqrstuv";

  @TempDir static Path folder;
  private static Running stranger;
  private static Path inRun;

  @BeforeAll
  static void listen() throws IOException {
    assumeTrue(
        SystemUsers.own() == SystemUsers.ROOT && Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "only root can start a listener of another user: run this test as root, with util-linux");
    Path classes = folder.resolve("classes");
    Path copy = classes.resolve("org/lesbillets/acceptance/StrangerListener.class");
    Files.createDirectories(copy.getParent());
    try (InputStream in = StrangerTest.class.getResourceAsStream("StrangerListener.class")) {
      Files.copy(in, copy);
    }
    for (Path at = copy.getParent(); at.startsWith(folder); at = at.getParent()) {
      Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
    inRun = ownedByNobody(Files.createTempDirectory(Path.of("/run"), "billets-test-"));
    ownedByNobody(Files.createDirectory(folder.resolve("theirs")));
    stranger =
        Running.start(
            folder,
            Map.of(),
            List.of(
                "/usr/bin/setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes.toString(),
                StrangerListener.class.getName(),
                folder.resolve("theirs/desk.sock").toString(),
                inRun.resolve("desk.sock").toString()));
    await("a listener").until(() -> stranger.out().contains("\n") || !stranger.isAlive());
    assertTrue(stranger.isAlive(), stranger::err);
  }

  private static Path ownedByNobody(Path directory) throws IOException {
    Files.setAttribute(directory, "unix:uid", Integer.parseInt(NOBODY));
    return directory;
  }

  @AfterAll
  static void end() throws IOException {
    if (stranger != null) {
      stranger.close();
    }
    if (inRun != null) {
      Files.deleteIfExists(inRun.resolve("desk.sock"));
      Files.delete(inRun);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "create --title x", "watch", "claim"})
  void nothingIsSentToTheirSocket(String line) {
    long before = stranger.out().lines().filter(text -> !text.equals("got: ")).count();
    at(folder.resolve("theirs"))
        .does(line)
        .fails(4, "nothing was sent", "'nobody'", "BILLETS_SERVER_USER=nobody");
    assertEquals(before, stranger.out().lines().filter(text -> !text.equals("got: ")).count());
  }

  private static Billets at(Path directory) {
    return new Billets(folder, Map.of("BILLETS_SERVER", "unix:" + directory.resolve("desk.sock")));
  }

  /** Only root can have made it, and given it to them. */
  @Test
  void aFolderInRunIsTheirsByRight() {
    at(inRun).does("list").fails(8, "unix:" + inRun);
    gotRequest("got: GET /tickets");
  }

  @Test
  void whoseSocketIsNamedIsTrusted() {
    at(folder.resolve("theirs")).with("BILLETS_SERVER_USER", "nobody").does("list").exits(8);
    at(folder.resolve("theirs")).with("BILLETS_SERVER_USER", NOBODY).does("list").exits(8);
    gotRequest("got: GET /tickets");
  }

  private static void gotRequest(String start) {
    await("a connection")
        .until(() -> stranger.out().lines().anyMatch(line -> line.startsWith(start)));
  }

  private static String server() {
    return "127.0.0.1:" + stranger.out().lines().findFirst().orElseThrow();
  }

  private static Billets billets() {
    return new Billets(folder, Map.of("BILLETS_SERVER", server(), "BILLETS_TOKEN", TOKEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "create --title x",
        "lock 1",
        "lock 1 -- true",
        "watch",
        "watch --count 1 --all",
        "batch",
        "claim",
        "status",
      })
  void noTokenIsSent(String line) {
    long before = stranger.out().lines().count();
    ProcessOutcome outcome = billets().reading("{\"type\":\"GetTickets\"}\n", line);
    assertEquals(before, stranger.out().lines().count(), "it connected: " + outcome);
    if (line.equals("batch")) {
      outcome.exits(4).says("no token was sent");
    } else if (!line.equals("status")) {
      outcome.fails(4, "no token was sent", "'nobody'", "BILLETS_SERVER_USER=nobody");
    }
  }

  @Test
  void norTheLocalToken() throws IOException {
    Path token = folder.resolve("state/billets/server/local.token");
    Files.createDirectories(token.getParent());
    Files.writeString(token, TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    new Billets(
            folder,
            Map.of("BILLETS_SERVER", server(), "XDG_STATE_HOME", folder.resolve("state") + ""))
        .does("list")
        .fails(4, "no token was sent");
  }

  /** The other way round, a token is sent: to the owner of its file, and to whom the user names. */
  @Test
  void aUserWhoIsNamedIsTrusted() throws IOException {
    long before = stranger.out().lines().count();
    billets().with("BILLETS_SERVER_USER", "nobody").with("BILLETS_TOKEN", TOKEN).does("list");
    gotToken(before);
    Path token = Files.writeString(folder.resolve("nobodys.token"), TOKEN);
    Files.setAttribute(token, "unix:uid", Integer.parseInt(NOBODY));
    new Billets(folder, Map.of("BILLETS_SERVER", server(), "BILLETS_TOKEN_FILE", token + ""))
        .does("list");
    gotToken(before + 1);
    billets().with("BILLETS_SERVER_USER", "daemon").does("list").fails(4, "no token was sent");
  }

  private static void gotToken(long before) {
    await("a connection with the token")
        .until(() -> stranger.out().lines().skip(before).anyMatch(line -> line.contains(TOKEN)));
  }
}
