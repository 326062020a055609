package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.Comment;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.wire.TicketCodec;

/** Whole tickets, from one server to another, and from other programs. */
@Timeout(Patience.SECONDS)
class ExchangeTest {
  @TempDir Path folder;

  private ServerProcess server(String name, String... options) {
    return ServerProcess.start(folder.resolve(name), options);
  }

  /** Made tickets, some of them large; the same seed makes the same. */
  private Path made(long seed, int count) throws IOException {
    RandomTickets tickets = new RandomTickets(new Random(seed));
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      List<Comment> comments = tickets.comments(i % 50 == 7 ? 40 : i % 5);
      Ticket ticket = stillAsleep(tickets.ticket()).withNumber(3L * i);
      lines.append(TicketCodec.encode(ticket, comments)).append('\n');
    }
    return Files.writeString(folder.resolve("made.jsonl"), lines);
  }

  /** A server wakes what is closed, or should have woken by now. */
  private static Ticket stillAsleep(Ticket ticket) {
    return ticket.isAsleep() && ticket.isOpen()
        ? ticket.withWakeAt(ticket.content().wakeAt().plus(36_500, ChronoUnit.DAYS))
        : ticket.withWakeAt(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "ephemeral"})
  void whatIsExportedAndImportedIsTheSame(String journal) throws IOException {
    String[] options = journal.equals("ephemeral") ? new String[] {"--ephemeral"} : new String[0];
    try (ServerProcess old = server("old", options);
        ServerProcess other = server("new", options)) {
      old.owner().run("", "import", made(17, 300).toString()).exits(0).shows("300\t0\t0\t0");
      Billets bob = old.newAgent("bob");
      String number = bob.does("create --title 'made here' --tag 'a, b' --assignee me").line();
      bob.does("comment " + number + " one").succeeds();
      old.owner().does("comment " + number + " two").succeeds();
      bob.does("lock " + number).exits(0);
      for (int i = 0; i < 6; i++) {
        bob.reading("é".repeat(32_000), "comment " + number).succeeds();
      }
      String exported = old.owner().does("export").succeeds().out();
      assertEquals(301, exported.lines().count());

      Path file = Files.writeString(folder.resolve("tickets.jsonl"), exported);
      Billets there = other.owner();
      there.run("", "import", "--dry-run", file.toString()).prints("301\t0\t0\t0");
      assertEquals("", there.does("list").out(), "a trial changes nothing");
      there.run("", "import", file.toString()).prints("301\t0\t0\t0");
      assertEquals(exported, there.does("export").succeeds().out());

      // The same file again, there and where it comes from, changes nothing.
      String before = events(there);
      there.run("", "import", file.toString()).prints("0\t301\t0\t0");
      there.run("", "import", file.toString(), "--dry-run").prints("0\t301\t0\t0");
      assertEquals(before, events(there));
      before = events(old.owner());
      old.owner().run("", "import", file.toString()).prints("0\t301\t0\t0");
      assertEquals(before, events(old.owner()));

      commentsAndHistoryAreRight(there, number);
      there.does("create --title next").prints(Long.toString(Long.parseLong(number) + 1));
    }
  }

  /** The revision of the last event. */
  private static String events(Billets agent) {
    return agent.reading("{\"type\":\"Ping\"}\n", "batch").line();
  }

  private static void commentsAndHistoryAreRight(Billets there, String number) {
    JsonObject shown = there.does("show " + number + " --history -o json").exits(0).json();
    JsonArray comments = shown.getAsJsonArray("comments");
    assertEquals(8, comments.size());
    assertEquals("one", comments.get(0).getAsJsonObject().get("text").getAsString());
    long last = 0;
    for (JsonElement comment : comments) {
      last++;
      assertEquals(last, comment.getAsJsonObject().get("id").getAsLong());
    }
    assertTrue(shown.get("lock").isJsonNull(), "locks are left behind");
    JsonObject first = shown.getAsJsonArray("history").get(0).getAsJsonObject();
    assertEquals("TicketCreated", first.get("type").getAsString());
    assertTrue(first.get("imported").getAsBoolean());
    there.does("comment " + number + " later").succeeds();
    there.does("show " + number).shows("later");
    assertEquals(
        9, there.does("show " + number + " -o json").json().getAsJsonArray("comments").size());
  }

  @Test
  void issuesComeInTwiceWithTheSameResult() throws IOException {
    Path issues = folder.resolve("issues.json");
    GhExport.write(issues, 17, 5_000);
    try (ServerProcess server = server("desk")) {
      Billets owner = server.owner();
      owner.does("create --title 'was here before'").prints("1");
      owner.run("", "import", issues.toString(), "--dry-run").exits(0).shows("5000\t0\t0\t1");
      ProcessOutcome first = owner.run("", "import", issues.toString()).exits(0);
      assertEquals("5000\t0\t0\t1\n", first.out());
      first.says(
          "'dependabot[bot]' is no agent's name: it is written dependabot-bot-",
          "the body is cut to 65536 bytes, from 131072");
      String exported = owner.does("export").succeeds().out();
      assertEquals(5_001, exported.lines().count());
      theySayWhatTheirFileSays(issues, exported);
      String before = events(owner);
      assertEquals("0\t5000\t0\t0\n", owner.run("", "import", issues.toString()).exits(0).out());
      assertEquals(before, events(owner));
      assertEquals(exported, owner.does("export").succeeds().out());
      owner.does("show 2345 --field reference").prints("https://github.com/o/r/issues/2345");
      owner.does("show 5001 --field reference").prints("https://github.com/o/r/issues/1");
    }
  }

  /** Status, tags, times, and authors whose logins can be agents' names. */
  private static void theySayWhatTheirFileSays(Path issues, String exported) throws IOException {
    Map<String, JsonObject> tickets = new HashMap<>();
    for (String line : exported.lines().toList()) {
      JsonObject ticket = Journaled.parse(line);
      tickets.put(ticket.get("reference").toString(), ticket);
    }
    for (JsonElement element : JsonParser.parseString(Files.readString(issues)).getAsJsonArray()) {
      JsonObject issue = element.getAsJsonObject();
      JsonObject ticket = tickets.get(issue.get("url").toString());
      String state = issue.get("state").getAsString();
      assertEquals(state.toLowerCase(Locale.ROOT), ticket.get("status").getAsString());
      assertEquals(moment(issue, "createdAt"), moment(ticket, "createdAt"));
      assertEquals(moment(issue, "updatedAt"), moment(ticket, "updatedAt"));
      JsonArray labels = new JsonArray();
      issue.getAsJsonArray("labels").asList().stream()
          .map(label -> label.getAsJsonObject().get("name"))
          .distinct()
          .forEach(labels::add);
      assertEquals(labels, ticket.getAsJsonArray("tags"));
      String login = issue.getAsJsonObject("author").get("login").getAsString();
      String author = ticket.get("createdBy").getAsString();
      assertTrue(author.startsWith(login.isEmpty() ? "ghost" : login.split("[\\[/]")[0]), author);
      assertEquals(
          issue.getAsJsonArray("comments").size(), ticket.getAsJsonArray("comments").size());
    }
  }

  private static Instant moment(JsonObject of, String field) {
    return Instant.parse(of.get(field).getAsString());
  }

  @Test
  void aServerThatIsKilledMeanwhileLosesNoTicketAndHasNoneTwice() throws Exception {
    Path file = made(18, 600);
    try (ServerProcess server = server("desk")) {
      Billets owner = server.owner();
      try (Running importing = owner.start("--timeout 60s import " + file)) {
        for (int kills = 0; kills < 2 && importing.isAlive(); kills++) {
          int some = 150 * (kills + 1);
          await("some tickets")
              .until(
                  () ->
                      !importing.isAlive()
                          || owner.does("list -o id").out().lines().count() > some);
          server.killHard();
          server.restart();
        }
        ProcessOutcome outcome = importing.outcome().exits(0);
        assertEquals("600\t0\t0\t0\n", outcome.out());
      }
      assertEquals(Files.readString(file), owner.does("export").succeeds().out());
    }
  }

  @Test
  void anImportThatIsKilledIsGoneOnWith() throws Exception {
    Path file = made(19, 1_500);
    try (ServerProcess server = server("desk")) {
      Billets owner = server.owner();
      try (Running importing = owner.start("import " + file)) {
        await("some tickets").until(() -> owner.does("list -o id").out().lines().count() > 100);
        importing.kill();
      }
      long there = owner.does("list -o id").lines().size();
      ProcessOutcome again = owner.run("", "import", file.toString()).exits(0);
      String[] counts = again.out().strip().split("\t");
      assertEquals(1_500, Long.parseLong(counts[0]) + Long.parseLong(counts[1]));
      assertTrue(there < 1_500, "it was killed in the middle: " + there);
      assertNotEquals("0", counts[1]);
      assertEquals(Files.readString(file), owner.does("export").succeeds().out());
    }
  }

  @Test
  void aTableOfASpreadsheetComesInAndGoesOut() throws IOException {
    try (ServerProcess server = server("desk")) {
      Billets owner = server.owner();
      String table = "title,priority,tags\r\n=1+1,high,\"a, b\"\r\nsecond,,\r\n";
      owner.reading(table, "import - --format csv").prints("2\t0\t0\t0");
      owner.reading(table, "import - --format csv").prints("0\t2\t0\t0");
      owner.does("show 1 --field title").prints("=1+1");
      String csv = owner.does("export --format csv").succeeds().out();
      assertTrue(csv.contains("\r\n1,") && csv.contains(",'=1+1,"), csv);
      owner.reading(csv, "import - --format csv").prints("0\t2\t0\t0");
    }
  }

  @Test
  void whoIsNoAdminImportsNothing() throws IOException {
    try (ServerProcess server = server("desk")) {
      Billets alice = server.newAgent("alice");
      alice.run("", "import", made(20, 3).toString()).fails(4, "role admin");
      alice.does("export").prints();
    }
  }
}
