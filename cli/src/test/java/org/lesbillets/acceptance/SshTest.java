package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The desk over SSH, with a real {@code sshd}: with one's own login, and as alice and bob, who
 * share an account. The account is that of the user who runs this test, and the server's.
 */
@Tag("distribution")
@Timeout(Patience.SECONDS)
class SshTest {
  private static final String USER = System.getProperty("user.name");

  @TempDir static Path folder;
  private static Path booty;
  private static ServerProcess server;
  private static SshServer ssh;

  @BeforeAll
  static void start() throws IOException {
    booty = folder.resolve("booty");
    Path run = Files.createDirectory(folder.resolve("run"));
    Path socket = Files.createDirectory(run.resolve("billets")).resolve("desk.sock");
    for (Path one : new Path[] {run, socket.getParent()}) {
      Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path home = Files.createDirectories(folder.resolve("home"));
    // Where it is no folder, no archive is made behind the test's back.
    Files.writeString(home.resolve(".cache"), "");
    ssh =
        SshServer.start(
            folder.resolve("ssh"),
            "HOME=" + home,
            "XDG_RUNTIME_DIR=" + run,
            "JAVA_HOME=" + System.getProperty("java.home"),
            "EDITOR=" + Files.writeString(folder.resolve("editor"), "touch " + booty + "\n"),
            "BILLETS_TOKEN=blt_of_the_account");
    server = ServerProcess.start(folder.resolve("server"), "--socket", socket.toString());
    String billets = Distribution.billets().get(0);
    ssh.admit(USER, "own", "");
    for (String name : new String[] {"alice", "bob"}) {
      ssh.admit(USER, name, "command=\"" + billets + "-as " + name + "\",restrict,pty");
    }
    as("alice", "create --title 'Printer on fire'").succeeds();
  }

  @AfterAll
  static void end() {
    if (ssh != null) {
      ssh.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static ProcessOutcome as(String name, String command) {
    return ssh.run(USER, name, command);
  }

  @Test
  void eachKeyIsAPerson() {
    String number = as("bob", "create --title 'VPN is slow'").line();
    assertEquals("bob", as("alice", "show " + number + " --field createdBy").line());
    as("alice", "billets whoami").shows("alice\tagent\tunix:").shows("\tdelegate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lock 1 -- touch BOOTY                | 4
          edit 1                               | 4
          $(touch BOOTY); sh -c 'touch BOOTY'  | 2
          billets --as bob whoami              | 2
          """)
  void whoComesThroughThemDoesNothingElse(String command, int exit) {
    ProcessOutcome outcome = as("alice", command.replace("BOOTY", "" + booty));
    outcome.exits(exit);
    assertEquals("", outcome.out());
    assertFalse(Files.exists(booty), command);
  }

  @Test
  void norInTheLiveView() {
    try (TmuxServer live = ssh.terminal("shared", USER, "alice", "")) {
      live.awaits("live");
      live.awaits("Printer on fire");
      live.awaits("alice@");
      // An editor would be run by the first two, and the third would leave a view that stands
      // still.
      live.press("d", "C-z");
      live.type(":lock 1 -- id");
      live.press("Enter");
      live.awaits("'lock 1 -- id' needs a terminal");
      live.type(":list --ca-file /etc/shadow");
      live.press("Enter");
      live.awaits("cannot be used through this shared account");
      live.press("c", "C-o");
      live.type("still here");
      live.press("Enter");
      live.awaits("You commented on #1.");
      live.press("q");
    }
    assertFalse(Files.exists(booty));
    assertTrue(as("bob", "show 1").out().contains("still here"));
  }

  /** Nothing is configured: the socket is found where servers put it. */
  @Test
  void aLoginOfOnesOwnNeedsNothing() {
    String billets = Distribution.billets().get(0);
    try (TmuxServer live = ssh.terminal("own", USER, "own", billets + " tui")) {
      live.awaits("live");
      live.awaits("Printer on fire");
      live.awaits(USER + "@unix:");
      live.press("q");
    }
    ssh.run(USER, "own", billets + " whoami -o json").shows("\"knownBy\": \"unix\"");
  }
}
