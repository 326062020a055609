package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the server's log tells, and what it must not. */
@Timeout(Patience.SECONDS)
class ServerLogTest {
  /** In all that is written into tickets, and in what is searched for. */
  private static final String SECRET = "Unmistakable";

  @TempDir Path folder;

  /** The server at its most talkative, with whatever has a place for text. */
  @Test
  void tellsOfEventsAndNeverOfTextOrTokens() {
    try (ServerProcess server =
        ServerProcess.start(folder, "--log-level", "debug", "--log", "json")) {
      Billets alice = server.newAgent("alice");
      Billets bob = server.newAgent("bob");
      alice.does("create --title UnmistakableTitle --description UnmistakableText").prints("1");
      alice.does("comment 1 UnmistakableComment").succeeds();
      alice.does("update 1 --add-tag UnmistakableTag").succeeds();
      alice.does("list UnmistakableQuery").succeeds();
      alice.does("lock 1 --note UnmistakableNote").succeeds();
      bob.does("lock 1 --steal --reason UnmistakableReason").succeeds();
      alice.does("unlock 1 --force --reason UnmistakableForce").succeeds();
      String wrong = "bil_UnmistakableWrongToken";
      server.as(wrong).does("list").exits(4);
      server.token("revoke", "bob").succeeds();
      await().until(() -> server.err().contains("A token ended: bob, agent"));
      assertEquals(0, server.stop());
      String log = server.err();
      for (String told :
          List.of(
              "of journal ",
              "It is ready on ws:",
              "A new token: alice, agent",
              "Ticket 1: bob broke the lock of alice",
              "Ticket 1: alice ended the lock of bob",
              "Stopping",
              "Stopped")) {
        assertTrue(log.contains(told), () -> told + " in " + log);
      }
      assertFalse(log.contains(SECRET), log);
      for (Billets agent : List.of(alice, bob)) {
        assertFalse(log.contains(agent.environment().get("BILLETS_TOKEN")), log);
      }
      // One JSON object a line, none of a library's and no stack trace.
      log.lines()
          .map(line -> JsonParser.parseString(line).getAsJsonObject())
          .forEach(
              line -> {
                String logger = line.get("loggerName").getAsString();
                assertTrue(logger.startsWith("org.lesbillets."), line::toString);
                assertTrue(line.get("throwable").isJsonNull(), line::toString);
              });
    }
  }
}
