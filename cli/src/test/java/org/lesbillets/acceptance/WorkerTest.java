package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.TicketQuery;

/**
 * Workers that fail and die lose no ticket and do none twice. {@code scripts/soak claims} plays the
 * same with fifty processes.
 */
@Timeout(Patience.SECONDS)
@WithServer
class WorkerTest {
  private static final int WORKERS = 10;
  private static final int KILLED = 2;
  private static final int POOL = 40;

  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;
  private static ShellWithBillets shell;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(folder.resolve("shell/scripts"));
    shell = new ShellWithBillets(folder.resolve("shell"), alice);
    shell.program("scripts/billets", "#!/bin/sh\nexec billets \"$@\"\n");
    shell.program("bin/sleep", "#!/bin/sh\nPATH=/bin:/usr/bin\nexec sleep 0.1\n");
  }

  @AfterAll
  static void end() throws IOException {
    shell.close();
  }

  /** The worker of docs/scripting.md, word for word. */
  private static String loop() throws IOException {
    String page = Files.readString(Distribution.root().resolve("docs/scripting.md"));
    Matcher loop = Pattern.compile("(?s)\n    (until .*? claim .*?done)\n").matcher(page);
    assertTrue(loop.find(), "docs/scripting.md has a worker");
    return loop.group(1);
  }

  /** The second and the fourth fail at first; while the third is done the server goes away. */
  private static final String PAY_BACK =
      """
      #!/bin/sh
      this=$((BILLETS_TICKET - FIRST))
      echo "$this" >>tried
      case $this in
        1) [ "$(grep -c '^1$' tried)" -gt 1 ] || exit 3 ;;
        2) : >busy; until [ -e away ]; do sleep 1; done ;;
        3) [ "$(grep -c '^3$' tried)" -gt 1 ] || kill -9 $$ ;;
      esac
      """;

  @Test
  void theDocumentedWorkerEndsWhenNothingIsLeft() throws IOException {
    String create =
        "{\"type\":\"CreateTicket\",\"ticket\":{\"title\":\"T\",\"tags\":[\"refund\"]}}\n";
    alice.reading(create.repeat(6), "batch --jobs 1").exits(0);
    List<Long> numbers = numbers(tickets("tag:refund"));
    String hopeless = "{\"type\":\"UpdateTicket\",\"ticket\":%d,\"changes\":{\"attempts\":5}}\n";
    alice.reading(hopeless.formatted(numbers.get(4)), "batch").exits(0);
    // As if a claim had got no answer in time, and had been granted all the same.
    alice.does("claim number:" + numbers.get(5) + " --return --ttl 8s").exits(0);
    shell.program("pay-back", PAY_BACK);
    List<String> bash = List.of("bash", "-c", loop());
    Map<String, String> environment = shell.environment();
    environment.put("FIRST", Long.toString(numbers.get(0)));
    ProcessOutcome outcome;
    try (Running worker = Running.start(folder.resolve("shell"), environment, bash)) {
      Patience.until("a busy worker", () -> Files.exists(folder.resolve("shell/busy")));
      assertEquals(0, server.stop());
      Files.createFile(folder.resolve("shell/away"));
      server.restart();
      outcome = worker.outcome().exits(0);
    }
    assertEquals(
        List.of("0", "1", "1", "2", "3", "3", "5"),
        Files.readAllLines(folder.resolve("shell/tried")).stream().sorted().toList(),
        outcome::toString);
    List<JsonObject> after = tickets("tag:refund");
    assertEquals(List.of(0, 1, 0, 1, 5, 1), after.stream().map(WorkerTest::attempts).toList());
    assertEquals(
        List.of("\"alice\"", "\"alice\"", "\"alice\"", "\"alice\"", "null", "\"alice\""),
        after.stream().map(ticket -> "" + ticket.get("assignee")).toList());
    after.forEach(ticket -> assertTrue(ticket.get("lock").isJsonNull(), ticket::toString));
  }

  private static List<JsonObject> tickets(String query) {
    return alice
        .does("list " + query + " -o jsonl")
        .exits(0)
        .out()
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private static int attempts(JsonObject ticket) {
    return ticket.get("attempts").getAsInt();
  }

  @Test
  void whatAKilledWorkerHadIsClaimableWhenItsLeaseIsOver() {
    String number = alice.does("create --title Killed --tag killed").line();
    Running worker = alice.start("claim tag:killed --ttl 2s -- sleep 5");
    Patience.until("a claim", () -> !tickets("tag:killed holder:me").isEmpty());
    worker.kill();
    alice.does("wait " + number + " --for unlocked --within 60s").exits(0);
    JsonObject lock = alice.does("claim tag:killed -o json").exits(0).json();
    assertEquals(number, lock.get("number").getAsString());
    assertEquals(1, attempts(tickets("tag:killed").get(0)));
  }

  @Test
  void aClaimWaitsInLineForTheNextTicket() {
    alice.does("claim tag:wanted --wait=100ms").exits(7);
    Running first = alice.start("claim tag:wanted --wait");
    Patience.until("one in line", () -> waitingClaims() == 1);
    Running second = alice.start("claim tag:wanted --wait=1m -- sh -c 'exit 4'");
    Patience.until("two in line", () -> waitingClaims() == 2);
    Running third = alice.start("claim tag:wanted --wait");
    Patience.until("three in line", () -> waitingClaims() == 3);
    String one = alice.does("create --title One --tag wanted").line();
    assertEquals(one, first.outcome().exits(0).out().split("\t")[0]);
    alice.does("create --title Two --tag wanted");
    second.outcome().exits(4);
    String given = third.outcome().exits(0).out().split("\t")[0];
    assertEquals("1", alice.does("show " + given + " --field attempts").line());
    Patience.until("nobody in line", () -> waitingClaims() == 0);
  }

  private static int waitingClaims() {
    try (InputStream page =
        URI.create("http://127.0.0.1:" + server.port() + "/metrics").toURL().openStream()) {
      String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
      Matcher line = Pattern.compile("(?m)^billets_claim_waiting ([0-9]+)").matcher(text);
      assertTrue(line.find(), text);
      return Integer.parseInt(line.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void manyWorkersDoEachTicketOnce() throws Exception {
    String create =
        "{\"type\":\"CreateTicket\",\"ticket\":{\"title\":\"wanted\",\"tags\":[\"pool\"]}}\n";
    alice.reading(create.repeat(POOL), "batch").exits(0);
    Pool pool = new Pool();
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> ends = new ArrayList<>();
      IntStream.range(0, WORKERS)
          .forEach(i -> ends.add(workers.submit(() -> pool.work(i < KILLED))));
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      workers.shutdownNow();
    }
    Patience.until("the end of all leases", () -> tickets("tag:pool status:locked").isEmpty());
    List<JsonObject> all = tickets("tag:pool");
    List<Long> back = numbers(tickets("tag:pool status:open assignee:none"));
    assertEquals(numbers(all), Stream.concat(pool.done.stream(), back.stream()).sorted().toList());
    assertEquals(KILLED + pool.failed.size(), all.stream().mapToInt(WorkerTest::attempts).sum());
  }

  private static List<Long> numbers(List<JsonObject> tickets) {
    return tickets.stream().map(ticket -> ticket.get("number").getAsLong()).sorted().toList();
  }

  /** What workers do; any thread. */
  private static final class Pool {
    private final ConcurrentLinkedQueue<Long> done = new ConcurrentLinkedQueue<>();
    private final Set<Long> failed = ConcurrentHashMap.newKeySet();

    /**
     * @param dies whether the connection is cut under the first claim
     */
    Void work(boolean dies) throws Exception {
      try (TicketClient client = alice.connect(PushListener.NONE)) {
        while (client.ask(claim(client, dies ? 1 : 60))
            instanceof ServerMessage.EventMessage claimed) {
          if (dies) {
            return null;
          }
          Ticket ticket = claimed.event().event().ticket();
          assertTrue(client.ask(finish(client, ticket)) instanceof ServerMessage.EventMessage);
        }
        return null;
      }
    }

    private static ClientMessage claim(TicketClient client, int seconds) throws Exception {
      LockTerms terms = new LockTerms(Duration.ofSeconds(seconds), null, null);
      TicketQuery query = TicketQuery.parse("tag:pool");
      return new ClientMessage.ClaimTicket(client.nextRequestId(), null, query, null, terms, true);
    }

    /** Every fifth ticket fails the first time. */
    private ClientMessage finish(TicketClient client, Ticket ticket) {
      TicketRef ref = TicketRef.of(ticket.number());
      long token = ticket.lock().token();
      if (ticket.number() % 5 == 0 && failed.add(ticket.number())) {
        return new ClientMessage.UnlockTicket(
            client.nextRequestId(), null, ref, token, null, GiveBack.FAILED);
      }
      done.add(ticket.number());
      TicketPatch close = TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED);
      return new ClientMessage.UpdateTicket(
          client.nextRequestId(), null, ref, close, token, null, true);
    }
  }
}
