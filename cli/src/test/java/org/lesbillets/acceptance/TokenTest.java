package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.client.TicketClient;

/** Tokens made and ended beside a running server. */
@Timeout(Patience.SECONDS)
@WithServer
class TokenTest {
  @TempDir static Path folder;
  private static ServerProcess server;

  @Test
  void theLocalTokenIsItsOwnersAlone() throws IOException {
    Path file = server.data().resolve("local.token");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Billets owner = server.owner();
    String number = owner.does("create --title 'by the owner'").line();
    String by = owner.does("show " + number + " --field createdBy").line();
    List<String> tokens = server.token("list").lines();
    assertTrue(tokens.stream().anyMatch(line -> line.startsWith(by + "\tadmin\t")), by + tokens);
  }

  @Test
  void aTokenIsShownOnceAndKeptAsAHash() throws IOException {
    Billets alice = server.newAgent("alice");
    String token = alice.environment().get("BILLETS_TOKEN");
    assertTrue(server.token("list").succeeds().out().contains("alice\tagent\t"));
    for (String file : List.of("tokens", "journal.db")) {
      String kept = new String(Files.readAllBytes(server.data().resolve(file)), "ISO-8859-1");
      assertTrue(!kept.contains(token) && !kept.contains(token.substring(4)), file);
    }
    server.token("add", "alice").fails(1, "'alice' has a token already");
    server.token("revoke", "nobody").fails(1, "'nobody' has no token");
  }

  @Test
  void aReaderReadsAndNoMore() {
    String number = server.owner().does("create --title 'to be read'").line();
    Billets reader = server.newAgent("rita", "reader");
    reader.does("show " + number + " --field title").prints("to be read");
    reader.does("create --title no").fails(4, "reader");
    reader.does("comment " + number + " no").fails(4, "reader");
    reader.does("lock " + number).fails(4, "reader");
    reader.does("close " + number).fails(4, "reader");
    reader.does("show " + number + " --field commentCount").prints("0");
  }

  @Test
  void anUnknownTokenIsRefused() {
    server.as("blt_wrong").does("list").fails(4, "token");
    server.as("blt_wrong").does("create --title no").fails(4, "token");
    server.as("").with("XDG_STATE_HOME", "/nowhere").does("list").fails(4, "token");
  }

  @Test
  void aRevokedOneIsShownOut() throws Exception {
    Billets bob = server.newAgent("bob");
    ServerProcessTest.Ending ending = new ServerProcessTest.Ending();
    try (TicketClient client = bob.connect(ending);
        Running watch = bob.start("watch")) {
      client.welcome();
      // The watch is there when the server has told it something.
      Awaitility.await()
          .until(
              () -> {
                server.owner().does("create --title 'for the watch'").succeeds();
                return !watch.out().isEmpty();
              });
      server.token("revoke", "bob").succeeds();
      ending.notice.get(20, TimeUnit.SECONDS);
      ProcessOutcome watched = watch.outcome();
      watched.exits(4).says("token");
      bob.does("list").fails(4, "token");
    }
  }
}
