package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.SeededTest;

/** A watch sees every event once, in order, though the server dies again and again. */
@Timeout(Patience.SECONDS)
class WatchUnderFireTest {
  private static final int DEATHS = 6;
  private static final int WRITERS = 4;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void missesNothingAndDoublesNothing() throws Exception {
    SeededTest.run(this::underFire);
  }

  private void underFire(Random random) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try (ServerProcess server = ServerProcess.start(folder)) {
      Billets carol = server.newAgent("carol", "reader");
      try (Running all = carol.start("watch --since 0 -o jsonl");
          Running some = carol.start("watch priority:>=high --since 0 -o jsonl")) {
        List<Future<Writer>> writing = write(server, random, threads);
        for (int death = 0; death < DEATHS; death++) {
          dieSoon(server, random, death % 2 == 0 ? all : some);
        }
        over.set(true);
        List<Writer> writers = new ArrayList<>();
        for (Future<Writer> writer : writing) {
          writers.add(writer.get(SOON.toSeconds(), TimeUnit.SECONDS));
        }
        judge(carol, writers, all, some);
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  private List<Future<Writer>> write(ServerProcess server, Random random, ExecutorService threads) {
    List<Future<Writer>> writing = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Billets agent = server.newAgent("writer-" + i);
      Random own = new Random(random.nextLong());
      writing.add(threads.submit(new Writer(agent, own, acknowledged, over::get)));
    }
    return writing;
  }

  /** Dies while changes come in and a watch, which has come back, prints them. */
  private void dieSoon(ServerProcess server, Random random, Running watch) {
    int enough = acknowledged.get() + 100 + random.nextInt(200);
    long printed = watch.printed();
    await("changes")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> acknowledged.get() >= enough && watch.printed() > printed);
    server.killHard();
    server.restart();
  }

  private static void judge(Billets carol, List<Writer> writers, Running all, Running some) {
    Journaled journaled = Journaled.read(carol);
    List<Long> revisions = journaled.revisions();
    List<JsonObject> seen = seen(all, revisions.get(revisions.size() - 1));
    assertEquals(revisions, seen.stream().map(Journaled::revision).toList());
    assertChained(seen);
    assertWritten(writers, seen);

    Map<Long, String> expected = journaled.pressing();
    List<JsonObject> filtered = seen(some, List.copyOf(expected.keySet()).get(expected.size() - 1));
    assertEquals(
        List.copyOf(expected.keySet()), filtered.stream().map(Journaled::revision).toList());
    Map<Long, String> matches = new TreeMap<>();
    filtered.forEach(
        event -> matches.put(Journaled.revision(event), event.get("match").getAsString()));
    assertEquals(expected, matches);

    String afresh = "watch --since 0 --within 30s -o jsonl --count " + revisions.size();
    List<JsonObject> replayed = carol.does(afresh).jsonLines();
    assertEquals(revisions.size(), replayed.size());
    for (int i = 0; i < seen.size(); i++) {
      assertEquals(timeless(seen.get(i)), timeless(replayed.get(i)), "to a watch that begins now");
    }
  }

  /** Everything a watch printed, once it printed this revision, and until it is ended. */
  private static List<JsonObject> seen(Running watch, long last) {
    await("revision " + last)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> watch.out().contains("\"revision\":" + last + ",\"previousRevision\""));
    watch.terminate();
    watch.end(10);
    String told = watch.err();
    assertTrue(told.contains("trying again"), told);
    return watch.out().lines().map(Journaled::parse).toList();
  }

  /** The time a lock has left is counted from when an event is told, not from when it happened. */
  private static JsonObject timeless(JsonObject event) {
    JsonElement lock = event.getAsJsonObject("ticket").get("lock");
    if (lock.isJsonObject()) {
      lock.getAsJsonObject().remove("expiresInMillis");
    }
    return event;
  }

  private static void assertChained(List<JsonObject> seen) {
    long last = 0;
    for (JsonObject event : seen) {
      assertEquals(last, event.get("previousRevision").getAsLong(), event::toString);
      last = Journaled.revision(event);
    }
  }

  /** Every acknowledged change is there, and none was made twice by asking again. */
  private static void assertWritten(List<Writer> writers, List<JsonObject> seen) {
    Map<String, Integer> times = new HashMap<>();
    for (JsonObject event : seen) {
      switch (event.get("type").getAsString()) {
        case "TicketCommented" -> count(times, event.getAsJsonObject("comment").get("text"));
        case "TicketCreated", "TicketUpdated" ->
            count(times, event.getAsJsonObject("ticket").get("title"));
        default -> {}
      }
    }
    List<Long> there = seen.stream().map(Journaled::revision).toList();
    for (Writer writer : writers) {
      assertTrue(there.containsAll(writer.revisions()), "acknowledged changes are there");
      assertEquals(writer.revisions().stream().distinct().toList(), writer.revisions());
      writer.texts().forEach(text -> assertEquals(1, times.get(text), text));
    }
  }

  private static void count(Map<String, Integer> times, JsonElement text) {
    times.merge(text.getAsString(), 1, Integer::sum);
  }
}
