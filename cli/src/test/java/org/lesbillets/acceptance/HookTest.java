package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;
import org.lesbillets.model.SeededTest;

/**
 * A hook, {@code watch --cursor --exec}, that is killed misses nothing: the small form of {@code
 * scripts/soak hook}.
 */
@Timeout(Patience.SECONDS)
@WithServer
class HookTest {
  private static final int KILLS = 4;
  private static final int EVENTS = 60;

  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;

  private static Path log() {
    return folder.resolve("log");
  }

  private static List<Long> done() throws IOException {
    return Files.exists(log())
        ? Files.readAllLines(log()).stream().map(Long::parseLong).toList()
        : List.of();
  }

  private static Running hook(String more) {
    String script = "echo \"$BILLETS_REVISION\" >>\"" + log() + "\"";
    String cursor = folder.resolve("cursor").toString();
    return alice.start("watch tag:hook --cursor '" + cursor + "' --exec '" + script + "' " + more);
  }

  @Test
  void whatWasUnderWayComesAgainAndNothingElse() throws Exception {
    SeededTest.run(HookTest::killed);
  }

  private static void killed(Random random) throws IOException {
    String first = alice.does("create --title first -o jsonl").line();
    long before = JsonParser.parseString(first).getAsJsonObject().get("revision").getAsLong();
    String ticket = alice.does("create --title wanted --tag hook").line();
    StringBuilder comments = new StringBuilder();
    for (int i = 1; i < EVENTS; i++) {
      comments.append(
          "{\"type\":\"CommentTicket\",\"ticket\":" + ticket + ",\"text\":\"" + i + "\"}\n");
    }
    alice.reading(comments.toString(), "batch --jobs 1").exits(0);
    List<Long> expected = revisions(before);
    for (int kill = 0; kill < KILLS; kill++) {
      try (Running hook = hook("--since " + before)) {
        int enough = done().size() + 1 + random.nextInt(EVENTS / KILLS / 2);
        await().pollInterval(Duration.ofMillis(2)).until(() -> done().size() >= enough);
        hook.kill();
      }
    }
    try (Running hook = hook("")) {
      await().until(() -> done().contains(expected.get(EVENTS - 1)));
      hook.terminate();
      assertEquals(143, hook.end(60));
    }
    judge(expected);
  }

  private static List<Long> revisions(long before) {
    String line = "watch tag:hook --since " + before + " --count " + EVENTS + " -o tsv";
    return alice.does(line).exits(0).lines().stream()
        .map(row -> Long.parseLong(row.substring(0, row.indexOf('\t'))))
        .toList();
  }

  private static void judge(List<Long> expected) throws IOException {
    List<Long> once = new ArrayList<>();
    List<Long> all = done();
    for (Long revision : all) {
      if (once.isEmpty() || !once.get(once.size() - 1).equals(revision)) {
        once.add(revision);
      }
    }
    assertEquals(expected, once, "each, in order: " + all);
    assertTrue(all.size() <= EVENTS + KILLS, "repeats only where it was killed: " + all);
  }
}
