package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live view in real terminals, on a real server: keys are pressed, and screens are read. */
@Timeout(Patience.SECONDS)
class TuiTest {
  @TempDir Path folder;
  private ServerProcess server;
  private Billets alice;
  private Billets bob;

  @BeforeEach
  void begin() {
    server = ServerProcess.start(folder.resolve("server"));
    alice = server.newAgent("alice");
    bob = server.newAgent("bob");
    alice.does("create --title 'Printer on fire' --priority urgent").succeeds();
    alice.does("create --title 'VPN is slow' --description 'Since Tuesday.'").succeeds();
  }

  @AfterEach
  void end() {
    server.close();
  }

  private Live open(Billets agent, String name) {
    return open(agent, name, new int[] {80, 24});
  }

  private Live open(Billets agent, String name, int[] size) {
    Live live = Live.open(folder.resolve(name), agent, size);
    live.terminal().awaits("● live");
    live.terminal().awaits("Printer on fire");
    return live;
  }

  @Test
  void twoViewsAndAScriptWorkOnOneDesk() {
    try (Live first = open(alice, "alice");
        Live second = open(bob, "bob")) {
      bob.does("create --title 'Badge for the intern' --priority low").succeeds();
      first.terminal().awaits("Badge for the intern");
      second.terminal().awaits("Badge for the intern");

      first.terminal().press("l");
      first.terminal().awaits("You locked #1");
      second.terminal().awaits("alice locked #1");
      second.terminal().press("e");
      second.terminal().awaits("locked by alice");

      second.terminal().press("L");
      second.terminal().awaits("why is it taken");
      second.terminal().type("she went home");
      second.terminal().press("Enter");
      second.terminal().awaits("from alice?");
      second.terminal().press("y");
      second.terminal().awaits("You took the lock on #1 from alice");
      first.terminal().awaits("bob took the lock on #1 (Printer on fire) from alice: \"she went");

      first.terminal().press("Escape");
      first.terminal().awaitsGone("bob took the lock");
      second.terminal().press("u");
      first.terminal().awaits("bob unlocked #1");
      bob.does("close 1").succeeds();
      first.terminal().awaits("2 open");
      // What left the filter stays until the cursor moves.
      assertTrue(first.terminal().screen().contains("Printer on fire"));
      // Escape forgets what is said of it below.
      first.terminal().press("j", "Escape");
      first.terminal().awaitsGone("Printer on fire");
    }
  }

  @Test
  void editsAFormUnderALockThatOthersSee() {
    try (Live live = open(alice, "alice")) {
      live.terminal().press("e");
      live.terminal().awaits("◆ locked by you");
      assertEquals("alice", bob.does("show 1 --field lock.holder").line());
      live.terminal().press("C-e");
      live.terminal().type(" again");
      live.terminal().press("C-s");
      live.terminal().awaits("You saved #1.");
      live.terminal().awaits("Printer on fire again");
      assertEquals("", bob.does("show 1 --field lock").succeeds().out().strip());
    }
  }

  @Test
  void keepsWhatIsTypedWhileTheServerIsAway() {
    try (Live live = open(alice, "alice")) {
      live.terminal().press("c");
      live.terminal().awaits("Comment on #1");
      live.terminal().type("The fire is");
      server.killHard();
      live.terminal().awaits("reconnecting");
      live.terminal().type(" out, I think");
      live.terminal().awaits("The fire is out, I think");
      server.restart();
      live.terminal().awaits("● live");
      live.terminal().press("Enter");
      live.terminal().awaits("You commented on #1.");
      bob.does("show 1").shows("The fire is out, I think");
    }
  }

  @Test
  void showsThatTheServerIsDrainedUntilItIsBack() {
    Billets ada = server.newAgent("ada", "admin");
    try (Live live = open(alice, "alice")) {
      ada.does("admin drain --after 1m").succeeds();
      live.terminal().awaits("server drained");
      live.terminal().awaits("ends this connection in 60 s");
      ada.does("admin drain --cancel").succeeds();
      live.terminal().awaits("not drained any more");
      live.terminal().awaitsGone("server drained");
      ada.does("admin drain --after 0s").succeeds();
      live.terminal().awaits("reconnecting");
      live.terminal().awaits("server drained");
      assertEquals(0, server.stop());
      server.restart();
      live.terminal().awaits("● live");
      live.terminal().awaitsGone("drained");
    }
  }

  @Test
  void editsADescriptionInTheEditorAndComesBack() throws IOException {
    Path editor = folder.resolve("editor");
    Files.writeString(editor, "#!/bin/sh\nprintf 'Since Monday.\\n' >\"$1\"\n");
    assertTrue(editor.toFile().setExecutable(true));
    try (Live live = open(alice.with("VISUAL", editor.toString()), "alice")) {
      live.terminal().press("j", "d");
      live.terminal().awaits("You saved #2.");
      assertEquals("Since Monday.", bob.does("show 2 --field description").line());
    }
  }

  @Test
  void fitsEverySizeAndSaysWhenItCannot() {
    try (Live live = open(alice, "alice")) {
      live.terminal().resize(60, 15);
      live.terminal().awaits("a screen of 15 rows", screen -> screen.lines().count() <= 15);
      live.terminal().awaits("Printer on fire");
      live.terminal().resize(20, 5);
      live.terminal().awaits("Too small");
      live.terminal().resize(120, 40);
      live.terminal().awaits("Printer on fire");
      live.terminal().awaitsGone("Too small");
    }
  }

  @Test
  void pastesTextAndNothingElse() {
    try (Live live = open(alice, "alice")) {
      live.terminal().paste("x q x");
      live.terminal().awaits("What was pasted is left out");
      live.terminal().press("c");
      live.terminal().awaits("Comment on #1");
      live.terminal().paste("one\ntwo");
      live.terminal().awaits("two");
      live.terminal().press("Enter");
      live.terminal().awaits("You commented on #1.");
      assertEquals("open", bob.does("show 1 --field status").line());
    }
  }

  @Test
  void drawsWithAsciiWhereTheTerminalWantsThatAndTakesEveryCharacter() {
    Billets plain = alice.with("LC_ALL", "C").with("NO_COLOR", "1");
    try (Live live = Live.open(folder.resolve("plain"), plain, new int[] {80, 24})) {
      live.terminal().awaits(" live ");
      String screen = live.terminal().screen();
      assertTrue(screen.chars().allMatch(c -> c < 128), screen);
      assertTrue(screen.contains("live"), screen);

      live.terminal().press("c");
      live.terminal().awaits("Comment on #1");
      live.terminal().bytes("Größe".getBytes(StandardCharsets.UTF_8));
      live.terminal().bytes("\u001b[200~ in €\u001b[201~".getBytes(StandardCharsets.UTF_8));
      live.terminal().awaits("Gr??e in ?");
      live.terminal().bytes((byte) 0xFF, (byte) 0xFE);
      live.terminal().awaits("no UTF-8 text");
      live.terminal().press("Enter");
      live.terminal().awaits("You commented on #1.");
      bob.does("show 1 -o json").shows("Größe in €\"");
    }
  }

  @Test
  void suspendsAndComesBack() {
    try (TmuxServer shell =
        TmuxServer.run(folder.resolve("shell"), Live.environment(alice), "sh -i")) {
      shell.type(Live.script(folder.resolve("shell")));
      shell.press("Enter");
      shell.awaits("Printer on fire");
      shell.press("C-z");
      shell.awaits("Stopped");
      shell.type("fg");
      shell.press("Enter");
      shell.awaits("● live");
      shell.press("l");
      shell.awaits("You locked #1");
      shell.press("q");
      shell.awaitsGone("● live");
      shell.awaits("You still hold the lock of #1, for ");
      shell.type("echo $((40 + 2))");
      shell.press("Enter");
      shell.awaits("42");
    }
  }

  @Test
  void leavesTheTerminalAsItWas() throws IOException {
    try (Live live = open(alice, "q")) {
      live.terminal().press("q");
      live.endsWith(0);
    }
    try (Live live = open(alice, "interrupt")) {
      live.terminal().press("C-c");
      live.endsWith(0);
    }
    try (Live live = open(alice, "term")) {
      live.signal("TERM");
      live.endsWith(143);
    }
    try (Live live = open(alice, "hup")) {
      live.signal("HUP");
      live.endsWith(129);
    }
    try (Live live = open(alice, "away")) {
      server.killHard();
      live.terminal().awaits("reconnecting");
      live.terminal().press("q");
      live.endsWith(0);
    }
  }

  @Test
  void endsSoonWhenItsTerminalIsGone() {
    Live live = open(alice, "gone");
    long pid = live.pid();
    live.close();
    Patience.until("the end of " + pid, () -> ProcessHandle.of(pid).isEmpty());
  }
}
