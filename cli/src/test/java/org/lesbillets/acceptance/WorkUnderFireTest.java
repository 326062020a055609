package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;

/**
 * A queue whose workers and server are killed: the small form of {@code scripts/soak work}. It
 * takes as long as the lease of a killed worker, 30 s, in which little runs.
 */
@Timeout(3 * Patience.SECONDS)
@WithServer
class WorkUnderFireTest {
  private static final int TICKETS = 20;
  private static final int WORKERS = 4;
  private static final int KILLED = 2;
  private static final int ATTEMPTS = 3;

  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;

  private static Path log() {
    return folder.resolve("log");
  }

  /** How many commands have begun. */
  private static int begun() {
    try {
      return Files.exists(log()) ? Files.readAllLines(log()).size() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command that fails one time in five, at random, and with one ticket always. */
  private static Path program(String bad) throws IOException {
    Path program = folder.resolve("program");
    String luck = "[ $(od -A n -N 1 -t u1 /dev/urandom) -ge 51 ]";
    Files.writeString(
        program,
        "#!/bin/sh\necho $BILLETS_TICKET >>%s\nsleep 0.2\n[ $BILLETS_TICKET != %s ] && %s\n"
            .formatted(log(), bad, luck));
    assertTrue(program.toFile().setExecutable(true));
    return program;
  }

  @Test
  void eachTicketIsClosedOnceOrHasItsAttempts() throws IOException {
    List<String> numbers =
        IntStream.range(0, TICKETS)
            .mapToObj(i -> alice.does("create --title wanted --tag fire").line())
            .toList();
    String bad = numbers.get(0);
    String line =
        "work tag:fire --max-attempts %d --backoff 100ms --on-success close -- %s"
            .formatted(ATTEMPTS, program(bad));
    List<Running> workers = new ArrayList<>();
    try {
      for (int i = 0; i < WORKERS; i++) {
        workers.add(alice.start(line));
      }
      for (int i = 0; i < KILLED; i++) {
        int enough = 3 + 4 * i;
        Patience.until("commands", () -> begun() >= enough);
        workers.get(i).kill();
      }
      server.killHard();
      server.restart();
      Patience.until("a queue without work", WorkUnderFireTest::isSettled);
      for (Running worker : workers.subList(KILLED, WORKERS)) {
        worker.terminate();
        worker.outcome().exits(143);
      }
    } finally {
      workers.forEach(Running::close);
    }
    judge(bad);
  }

  private static boolean isSettled() {
    String open = "list tag:fire status:open attempts:<" + ATTEMPTS + " -o id";
    return alice.does(open).exits(0).out().isBlank()
        && alice.does("list tag:fire status:locked -o id").exits(0).out().isBlank();
  }

  private static void judge(String bad) {
    List<JsonObject> after =
        alice.does("list tag:fire -o jsonl").exits(0).lines().stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();
    assertEquals(TICKETS, after.size());
    Map<String, Long> closings = closings();
    for (JsonObject ticket : after) {
      boolean closed = ticket.get("status").getAsString().equals("closed");
      String id = ticket.get("id").getAsString();
      assertEquals(closed ? 1 : 0, closings.getOrDefault(id, 0L), ticket::toString);
      if (!closed) {
        assertEquals(ATTEMPTS, ticket.get("attempts").getAsInt(), ticket::toString);
        assertTrue(ticket.get("assignee").isJsonNull(), ticket::toString);
      }
      if (ticket.get("number").getAsString().equals(bad)) {
        assertTrue(!closed, ticket::toString);
      }
    }
  }

  /** How often each ticket was closed, of those that were. */
  private static Map<String, Long> closings() {
    try (Running watch = alice.start("watch tag:fire --since 0 -o jsonl")) {
      alice.does("create --title last --tag fire").exits(0);
      Patience.until("the last event", () -> watch.out().contains("\"title\":\"last\""));
      return watch
          .out()
          .lines()
          .filter(line -> line.contains("\"to\":\"closed\""))
          .map(JsonParser::parseString)
          .map(event -> event.getAsJsonObject().get("ticketId").getAsString())
          .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
  }
}
