package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;

/** Many operations over one connection to the real server. */
@Timeout(Patience.SECONDS)
@WithServer
class BatchAcceptanceTest {
  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;

  private static String comments(String ticket, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{\"type\":\"CommentTicket\",\"ticket\":%s,\"text\":\"comment %d\"}\n"
                    .formatted(ticket, i))
        .collect(Collectors.joining());
  }

  private static List<String> said(String ticket) {
    List<String> texts = new ArrayList<>();
    for (JsonElement comment :
        alice.does("show " + ticket + " -o json").exits(0).json().getAsJsonArray("comments")) {
      texts.add(comment.getAsJsonObject().get("text").getAsString());
    }
    return texts;
  }

  private static List<String> expected(int count) {
    return IntStream.range(0, count).mapToObj(i -> "comment " + i).toList();
  }

  @Test
  void resultsComeInOrderAndEachLineSeesWhatTheOnesBeforeItDid() {
    String number = alice.does("create --title before").line();
    long next = Long.parseLong(number) + 1;
    String lines =
        """
        {"type":"UpdateTicket","ticket":$N,"changes":{"title":"after"}}
        {"type":"GetTicket","ticket":$N}
        {"type":"CreateTicket","ticket":{"title":"new"}}
        {"type":"CommentTicket","ticket":$M,"text":"on the new one"}
        {"type":"LockTicket","ticket":$N,"ttlMillis":60000}
        {"type":"UnlockTicket","ticket":$N}
        {"type":"UnlockTicket","ticket":$N}
        {"type":"GetTickets","query":"number:$M"}
        {"type":"ClaimTicket","query":"number:$M"}
        """
            .replace("$N", number)
            .replace("$M", Long.toString(next));
    ProcessOutcome outcome = alice.reading(lines, "batch").exits(6);
    List<JsonObject> results = outcome.out().lines().map(line -> Journaled.parse(line)).toList();
    assertEquals(
        IntStream.rangeClosed(1, 9).boxed().toList(),
        results.stream().map(result -> result.get("line").getAsInt()).toList());
    assertEquals(
        "after",
        results
            .get(1)
            .getAsJsonObject("answer")
            .getAsJsonObject("ticket")
            .get("title")
            .getAsString());
    assertTrue(results.get(3).has("answer"), outcome::toString);
    assertEquals("NOT_LOCKED", results.get(6).getAsJsonObject("error").get("code").getAsString());
    assertEquals(
        1,
        results
            .get(7)
            .getAsJsonObject("answer")
            .getAsJsonArray("tickets")
            .get(0)
            .getAsJsonObject()
            .get("commentCount")
            .getAsInt());
    assertTrue(results.get(8).getAsJsonObject("answer").get("claimed").getAsBoolean());
    outcome.says("1 of 9 lines failed, line 7 first");
  }

  @Test
  void nothingToDoEndsAtOnce() {
    try (Running batch = alice.start("batch")) {
      ProcessOutcome outcome = batch.outcome();
      outcome.prints();
    }
  }

  @Test
  void aReaderThatHasEnoughEndsItQuietly() throws IOException {
    String number = alice.does("create --title head").line();
    Path file = Files.writeString(folder.resolve("many.jsonl"), comments(number, 5_000));
    String batch =
        Distribution.billetsFromClasses("batch", file.toString()).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    List<String> shell = List.of("sh", "-c", batch + " | head -n 1");
    ProcessOutcome outcome = Running.run(folder, alice.environment(), shell).exits(0);
    assertEquals("", outcome.err());
    assertEquals(1, outcome.out().lines().count());
  }

  @Test
  void aServerThatIsKilledMeanwhileDoesEachChangeOnce() throws IOException {
    try (ServerProcess mortal = ServerProcess.start(folder.resolve("mortal"))) {
      Billets owner = mortal.owner();
      StringBuilder lines = new StringBuilder();
      for (int ticket = 1; ticket <= 4; ticket++) {
        owner.does("create --title t" + ticket).prints(Integer.toString(ticket));
      }
      for (int i = 0; i < 500; i++) {
        for (int ticket = 1; ticket <= 4; ticket++) {
          lines.append(
              "{\"type\":\"CommentTicket\",\"ticket\":%d,\"text\":\"comment %d\"}\n"
                  .formatted(ticket, i));
        }
      }
      Path file = Files.writeString(folder.resolve("mortal.jsonl"), lines);
      try (Running batch = owner.start("--timeout 60s batch -o jsonl " + file)) {
        for (int kills = 0; kills < 2; kills++) {
          long printed = batch.printed();
          await("more results").until(() -> batch.printed() > printed + 50_000);
          mortal.killHard();
          mortal.restart();
        }
        List<JsonObject> results = batch.outcome().jsonLines();
        assertEquals(2_000, results.size());
        assertTrue(results.stream().allMatch(result -> result.has("answer")));
      }
      for (int ticket = 1; ticket <= 4; ticket++) {
        List<String> texts = new ArrayList<>();
        owner
            .does("show " + ticket + " -o json")
            .json()
            .getAsJsonArray("comments")
            .forEach(comment -> texts.add(comment.getAsJsonObject().get("text").getAsString()));
        assertEquals(expected(500), texts, "ticket " + ticket);
      }
    }
  }

  @Test
  void oneTicketsLinesAreDoneInTheirOrder() {
    String number = alice.does("create --title order").line();
    alice.reading(comments(number, 400), "batch --jobs 256").succeeds();
    assertEquals(expected(400), said(number));
  }

  @Test
  void itStopsWhereItIsToldTo() {
    String number = alice.does("create --title stop").line();
    String lines = comments(number, 2) + comments("4711", 1) + comments(number, 3);
    ProcessOutcome outcome = alice.reading(lines, "batch --stop-on-error").exits(3);
    assertEquals(3, outcome.out().lines().count());
    outcome.says("line 3 first", "3 lines after it were not sent");
    assertEquals(List.of("comment 0", "comment 1"), said(number));
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Billets lost = alice.with("BILLETS_SERVER", "127.0.0.1:" + port);
    long start = System.nanoTime();
    ProcessOutcome outcome = lost.reading(comments("1", 5_000), "--timeout 1s batch").exits(8);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(Duration.ofSeconds(30)) < 0, took.toString());
    outcome.says(" lines failed, line 1 first", " lines after it were not sent");
    assertTrue(outcome.out().lines().count() <= 64, outcome.out());
  }
}
