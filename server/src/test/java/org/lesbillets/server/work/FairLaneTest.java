package org.lesbillets.server.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A lane over threads that the test runs by hand. */
class FairLaneTest {
  private final Deque<Runnable> threads = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private boolean ended;
  private final FairLane lane = new FairLane(this::run, 1, 4);

  private void run(Runnable task) {
    if (ended) {
      throw new RejectedExecutionException("ended");
    }
    threads.add(task);
  }

  private void give(String owner, String... tasks) {
    for (String task : tasks) {
      lane.execute(owner, () -> done.add(task));
    }
  }

  private void runAll() {
    for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
      next.run();
    }
  }

  @Test
  void ownersAreServedInTurnAndTheirTasksInOrder() {
    give("a", "a1", "a2", "a3");
    give("b", "b1");
    give("c", "c1", "c2");
    runAll();
    assertEquals(List.of("a1", "b1", "c1", "a2", "c2", "a3"), done);
  }

  @Test
  void aTaskThatGoesOnWaitsForTheOthers() {
    lane.execute("a", () -> give("a", "a2"));
    give("b", "b1", "b2");
    runAll();
    assertEquals(List.of("b1", "a2", "b2"), done);
  }

  @Test
  void noMoreThanTheBoundRunAtATime() {
    give("a", "a1");
    give("b", "b1");
    assertEquals(1, threads.size());
    FairLane two = new FairLane(this::run, 2, 4);
    for (int i = 0; i < 3; i++) {
      two.execute(i, () -> {});
    }
    assertEquals(3, threads.size());
  }

  @Test
  void whatAnOwnerHasTooMuchOfIsRejectedAndNobodyElseIsHurt() {
    give("a", "a1", "a2", "a3", "a4");
    assertThrows(RejectedExecutionException.class, () -> give("a", "a5"));
    give("b", "b1");
    runAll();
    assertEquals(List.of("a1", "b1", "a2", "a3", "a4"), done);
    give("a", "a6");
    runAll();
    assertEquals("a6", done.get(5));
  }

  @Test
  void theTasksOfAnOwnerThatIsGoneAreDropped() {
    give("a", "a1", "a2");
    give("b", "b1");
    threads.poll().run();
    lane.forget("a");
    runAll();
    assertEquals(List.of("a1", "b1"), done);
    give("a", "a3");
    lane.forget("a");
    runAll();
    give("c", "c1");
    runAll();
    assertEquals(List.of("a1", "b1", "c1"), done);
  }

  @Test
  void aTaskThatThrowsEndsOnlyItself() {
    lane.execute(
        "a",
        () -> {
          throw new IllegalStateException("a mistake");
        });
    give("b", "b1");
    assertThrows(IllegalStateException.class, threads.poll()::run);
    runAll();
    assertEquals(List.of("b1"), done);
  }

  @Test
  void afterTheEndOfTheThreadsTasksAreRejected() {
    give("a", "a1", "a2");
    ended = true;
    runAll();
    assertThrows(RejectedExecutionException.class, () -> give("b", "b1"));
    assertEquals(List.of("a1"), done);
  }
}
