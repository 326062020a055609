package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;

/** The server is administered from the command line, while others work. */
@Timeout(Patience.SECONDS)
@WithServer
class AdminTest {
  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets bob;
  private static Billets ada;

  @BeforeAll
  static void start() {
    ada = server.newAgent("ada", "admin");
    ada.does("create --title 'Printer on fire'").prints("1");
  }

  private static Optional<JsonObject> sessionOf(String agent) {
    JsonElement all = JsonParser.parseString(ada.does("admin sessions -o json").succeeds().out());
    return StreamSupport.stream(all.getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(session -> session.get("agent").getAsString().equals(agent))
        .findFirst();
  }

  private static Running watching() {
    Running watch =
        Running.start(folder, bob.environment(), Distribution.billetsFromClasses("watch"));
    Patience.until("bob's session", () -> sessionOf("bob").isPresent());
    return watch;
  }

  @Test
  void whoIsKickedIsToldAndDoesNotComeBack() {
    try (Running watch = watching()) {
      String id = sessionOf("bob").orElseThrow().get("id").getAsString();
      ada.does("admin kick " + id + " --reason 'your script loops'").succeeds();
      ProcessOutcome end = watch.outcome().exits(4);
      end.says("ada ended this session: your script loops");
      Patience.until("the end of bob's session", () -> sessionOf("bob").isEmpty());
      bob.does("list").succeeds();
    }
  }

  @Test
  void whatIsNotThereOrNotAllowedIsRefused() {
    ada.does("admin kick s0").exits(3).says("s0");
    for (String line : new String[] {"admin sessions", "admin kick s1", "admin drain"}) {
      bob.does(line).exits(4).says("needs the role admin");
    }
    bob.does("list").succeeds();
  }

  @Test
  void whatIsRedactedIsInNoFileAndInNoHistory() throws Exception {
    String number =
        bob.does("create --title hunter2-hunter2 --description 'say hunter2-hunter2'").line();
    bob.does("lock " + number).exits(0);
    bob.does("comment " + number + " kept").succeeds();
    bob.does("comment " + number + " hunter2-hunter2").succeeds();
    bob.does("admin redact " + number + " --field title").exits(4);
    ada.does("admin redact " + number + " --field title --reason leaked").exits(0).says("Backups");
    ada.does("admin redact " + number + " --field description").exits(0);
    ada.does("admin redact " + number + " --comment 2").exits(0);
    bob.does("show " + number).shows("kept").shows("[redacted]");
    bob.does("show " + number + " --field title").prints("[redacted]");
    ProcessOutcome history = bob.does("history " + number).succeeds();
    assertTrue(history.out().contains("redacted the title of #" + number), history::toString);
    assertTrue(!history.out().contains("hunter2"), history::toString);
    try (Stream<Path> files = Files.walk(server.data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertTrue(!bytes.contains("hunter2-hunter2"), file::toString);
      }
    }
    ada.does("admin redact " + number + " --comment 999999").exits(3);
  }

  @Test
  void aDrainedServerTakesNobodyUntilTheDrainIsCancelled() {
    try (Running watch = watching()) {
      bob.does("lock 1 --ttl 30s").exits(0);
      ada.does("admin drain --after 1s").succeeds();
      assertEquals(8, bob.does("list --timeout 2s").exit());
      assertEquals(8, ada.does("list --timeout 2s").exit(), "administrators are no exception");
      Patience.until("the end of bob's session", () -> sessionOf("bob").isEmpty());
      assertTrue(watch.isAlive(), "it waits until the server is back");
      assertTrue(watch.err().contains("is drained"), watch::err);
      ada.does("admin drain --cancel").succeeds();
      Patience.until("bob's session", () -> sessionOf("bob").isPresent());
      assertEquals("bob", bob.does("show 1 --field lock.holder").succeeds().line());
      bob.does("unlock 1").exits(0);
      assertEquals("0", bob.does("show 1 --field attempts").succeeds().line());
    }
  }
}
