package org.lesbillets.server.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.lesbillets.server.world.FakeClock;
import org.lesbillets.server.world.ManualWorld;
import org.lesbillets.server.world.World;

class DrainerTest {
  private static final int WATCHES = 2_000;
  private static final Duration REST = Duration.ofMillis(6);

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  /** A watch, to which writing takes no time; an answer is due during the first write. */
  private final class Watch implements Drainer.Client {
    private final Drainer drainer;

    Watch(Drainer drainer) {
      this.drainer = drainer;
    }

    @Override
    public void pump() {
      done.add("watch");
      if (done.size() == 1) {
        drainer.post(() -> done.add("answer"));
      }
    }

    @Override
    public boolean follows() {
      return true;
    }

    @Override
    public void tick(long now) {}
  }

  @Test
  void anAnswerDoesNotWaitForTheWritesToAllWatches() {
    try (Drainer drainer = new Drainer(World.system())) {
      drainer.start((thread, cause) -> done.add(cause.toString()));
      for (int i = 0; i < WATCHES; i++) {
        Watch watch = new Watch(drainer);
        drainer.post(() -> drainer.follow(watch));
      }
      drainer.post(drainer::logGrew);
      await().until(() -> done.size() >= WATCHES + 1);
    }
    assertEquals(WATCHES + 1, done.size());
    assertTrue(done.indexOf("answer") <= 32, () -> "it was number " + done.indexOf("answer"));
  }

  /** A session that follows the log for as long as it is told to. */
  private final class Follower implements Drainer.Client {
    private final String name;
    private boolean follows = true;

    Follower(String name) {
      this.name = name;
    }

    @Override
    public void pump() {
      done.add(name);
    }

    @Override
    public boolean follows() {
      return follows;
    }

    @Override
    public void tick(long now) {}
  }

  @Test
  void theLogIsAMatterOfThoseOnlyWhoFollowIt() {
    Follower idle = new Follower("idle");
    Follower leaver = new Follower("leaver");
    Follower gone = new Follower("gone");
    Follower watch = new Follower("watch");
    try (Drainer drainer = new Drainer(World.system())) {
      drainer.start((thread, cause) -> done.add(cause.toString()));
      drainer.post(
          () -> {
            List.of(idle, leaver, gone, watch).forEach(drainer::add);
            List.of(leaver, gone, watch).forEach(drainer::follow);
          });
      grow(drainer, List.of("leaver", "gone", "watch"));
      drainer.post(
          () -> {
            leaver.follows = false;
            drainer.remove(gone);
          });
      grow(drainer, List.of("watch"));
      drainer.post(
          () -> {
            leaver.follows = true;
            drainer.follow(leaver);
          });
      grow(drainer, List.of("watch", "leaver"));
    }
  }

  @Test
  void whileMoreEventsComeTheWritesToAllWatchesRest() {
    FakeClock clock = new FakeClock();
    ManualWorld world = new ManualWorld(clock);
    AtomicBoolean moreComes = new AtomicBoolean(true);
    Drainer drainer = new Drainer(world);
    drainer.expect(moreComes::get);
    for (int i = 0; i < WATCHES; i++) {
      drainer.follow(new Follower("watch"));
    }
    assertEquals(WATCHES, writes(world, drainer), "the first event leaves at once");
    assertEquals(0, writes(world, drainer), "what comes next waits for more");
    drainer.post(() -> done.add("answer"));
    world.round("drainer");
    assertEquals(List.of("answer"), done, "which no answer does");
    assertEquals(REST, Duration.ofNanos(world.round("drainer")));

    moreComes.set(false);
    assertEquals(WATCHES, writes(world, drainer), "nothing comes");
    moreComes.set(true);
    assertEquals(0, writes(world, drainer));
    clock.advance(REST);
    assertEquals(WATCHES, writes(world, drainer), "the rest is over");
  }

  @Test
  void noWatchIsAlwaysTheLastToHear() {
    ManualWorld world = new ManualWorld(new FakeClock());
    Drainer drainer = new Drainer(world);
    for (int i = 0; i < WATCHES; i++) {
      drainer.follow(new Follower("watch " + i));
    }
    Set<String> last = new HashSet<>();
    for (int event = 0; event < 5; event++) {
      assertEquals(WATCHES, writes(world, drainer));
      assertEquals(WATCHES, Set.copyOf(done).size(), "each is written to once");
      last.add(done.get(WATCHES - 1));
    }
    assertEquals(5, last.size());
  }

  private int writes(ManualWorld world, Drainer drainer) {
    done.clear();
    drainer.logGrew();
    world.round("drainer");
    return done.size();
  }

  private void grow(Drainer drainer, List<String> pumped) {
    drainer.post(done::clear);
    drainer.post(drainer::logGrew);
    await().untilAsserted(() -> assertEquals(pumped, done));
  }
}
