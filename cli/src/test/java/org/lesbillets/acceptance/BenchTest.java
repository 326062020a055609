package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;

/** {@code billets bench} at a desk where others work, which it leaves as it was. */
@Timeout(Patience.SECONDS)
@WithServer
class BenchTest {
  private static final Pattern TAG = Pattern.compile("bench-[0-9a-f]{6}");
  private static final String OPEN = "list tag:billets-bench status:open -o id";

  @TempDir static Path data;
  private static ServerProcess server;
  @Agent private static Billets alice;
  @Agent private static Billets bob;

  private static JsonObject timing(JsonObject figures, String name) {
    return figures.getAsJsonObject(name);
  }

  private static List<String> others() {
    return alice.does("list not:tag:billets-bench --fields number,revision,status -o tsv").lines();
  }

  @Test
  void measuresWithTicketsOfItsOwnAndLeavesAllOthersAlone() {
    for (int i = 0; i < 5; i++) {
      bob.does("create --title 'of others' --tag queue").succeeds();
    }
    List<String> before = others();
    ProcessOutcome bench =
        alice.does("bench --writers 1 --watchers 2 --duration 1s --rate 50 -o json").exits(0);
    bench.says("makes 1 ticket tagged bench-", "50 times a second");
    JsonObject figures = bench.json();
    long changes = timing(figures, "changes").get("count").getAsLong();
    assertTrue(changes > 0, bench::toString);
    assertEquals(2 * changes, timing(figures, "deliveries").get("count").getAsLong());
    for (String name : List.of("failed", "reconnects", "holes", "doubles", "missing")) {
      assertEquals(0, figures.get(name).getAsLong(), name);
    }
    for (String name : List.of("changes", "deliveries")) {
      assertTrue(timing(figures, name).get("p50Micros").getAsLong() > 0, bench::toString);
    }
    assertEquals(before, others());
    assertEquals(List.of(), alice.does(OPEN).lines());
    String tag = figures.get("tag").getAsString();
    assertEquals(1, alice.does("list status:closed tag:" + tag).lines().size());
  }

  @Test
  void aClosedLoopIsMeasuredWhileOthersWork() {
    Running writer = alice.start("bench --writers 2 --watchers 1 --duration 1s --rate max -o json");
    Patience.until("a benchmark", () -> writer.err().contains("as fast as they are answered"));
    while (writer.isAlive()) {
      bob.does("create --title 'meanwhile'").succeeds();
    }
    JsonObject figures = writer.outcome().exits(0).json();
    assertTrue(figures.get("ratePerSecond").isJsonNull());
    assertEquals(
        timing(figures, "changes").get("count"), timing(figures, "deliveries").get("count"));
  }

  /** All at a time, since starting takes long. */
  @Test
  void whateverEndsItNoTicketStaysOpenForLong() {
    String line = "bench --writers 3 --watchers 2 --duration 1h -o json";
    List<Running> all = Stream.generate(() -> alice.start(line)).limit(3).toList();
    for (Running one : all) {
      Patience.until(
          "changes",
          () -> alice.does("list change tag:" + tag(one) + " -o id").lines().size() == 3);
    }
    all.get(0).interrupt();
    all.get(1).terminate();
    for (int i = 0; i < 2; i++) {
      ProcessOutcome ended = all.get(i).outcome().exits(i == 0 ? 130 : 143);
      assertEquals(0, ended.json().get("failed").getAsLong());
      assertEquals(List.of(), alice.does("list status:open tag:" + tag(all.get(i))).lines());
    }
    assertEquals(3, alice.does(OPEN).lines().size());
    bob.does("bench --clean -o json").exits(0).shows("\"closed\": 0");
    all.get(2).kill();
    alice
        .does("bench --watchers 0 --duration 1s -o json")
        .exits(0)
        .says("3 tickets of earlier runs are still open: billets bench --clean closes them");
    alice.does("bench --clean -o json").exits(0).shows("\"closed\": 3");
    assertEquals(List.of(), alice.does(OPEN).lines());
  }

  private static String tag(Running bench) {
    Patience.until("a tag", () -> TAG.matcher(bench.err()).find() || !bench.isAlive());
    Matcher tag = TAG.matcher(bench.err());
    assertTrue(tag.find(), bench::err);
    return tag.group();
  }

  @Test
  void aTicketThatIsLockedBySomeoneElseIsAFailureAndSaid() {
    Running bench = alice.start("bench --writers 1 --watchers 0 --duration 1h --rate 100");
    String open = "list change status:open tag:" + tag(bench) + " -o id";
    Patience.until("changes", () -> !alice.does(open).lines().isEmpty());
    String number = alice.does(open).line();
    bob.does("lock " + number).exits(0);
    bench.terminate();
    bench.outcome().exits(143).says("are left open", "bob");
    bob.does("unlock " + number).exits(0);
    alice.does("bench --clean").exits(0);
    assertEquals(List.of(), alice.does(OPEN).lines());
  }

  @Test
  void aReaderIsToldBeforeAnythingIsMade() {
    Billets rita = server.newAgent("rita", "reader");
    rita.does("bench").fails(4, "reader", "agent");
    assertEquals(List.of(), alice.does("list by:rita").lines());
  }

  /** One server for both, since starting takes long. */
  @Test
  void aServerThatTakesNoMoreOrDiesIsTold(@TempDir Path folder) {
    try (ServerProcess mortal = ServerProcess.start(folder, "--sessions-per-token", "6")) {
      Billets owner = mortal.owner();
      owner
          .does("bench --watchers 9 --writers 1 --duration 1s")
          .exits(8)
          .says(" of 10 connections could be opened", "fewer --watchers", "429");
      assertEquals(List.of(), owner.does(OPEN).lines());
      Running bench = owner.start("bench --watchers 2 --duration 1h --timeout 1s -o json");
      String open = "list change status:open tag:" + tag(bench) + " -o id";
      Patience.until("changes", () -> owner.does(open).lines().size() == 2);
      mortal.killHard();
      ProcessOutcome ended = bench.outcome().exits(8).says("are left open", "bench --clean");
      assertTrue(ended.json().get("failed").getAsLong() > 0, ended::toString);
      mortal.restart();
      assertEquals(2, owner.does(OPEN).lines().size());
      owner.does("bench --clean -o json").exits(0).shows("\"closed\": 2");
      assertEquals(List.of(), owner.does(OPEN).lines());
    }
  }
}
