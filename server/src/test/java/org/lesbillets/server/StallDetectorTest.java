package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lesbillets.server.world.ManualWorld;
import org.lesbillets.server.world.RunningClock;

class StallDetectorTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final List<Long> sizes = new ArrayList<>();
  private final AtomicBoolean excused = new AtomicBoolean();
  private long nanos = Long.MAX_VALUE - SECOND;
  private final StallDetector stalls =
      new StallDetector(
          new ManualWorld(new RunningClock(() -> nanos, () -> 0)),
          List.of(
              new StallDetector.Stage("slow", probe -> queue.add(probe.queue()), excused::get)));

  /** The looks of a time in which the thread takes nothing from its queue. */
  private void pass(long time) {
    for (long end = nanos + time; nanos - end < 0; ) {
      nanos += StallDetector.LOOK_NANOS;
      stalls.look();
      sizes.add((long) queue.size());
    }
  }

  private void work() {
    for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
      task.run();
    }
  }

  @Test
  void aThreadThatTakesNothingIsStalledUntilItDoes() {
    pass(StallDetector.LIMIT_NANOS - SECOND);
    assertEquals(Optional.empty(), stalls.trouble());
    pass(2 * SECOND);
    String sentence = stalls.trouble().orElseThrow();
    assertTrue(sentence.startsWith("The thread slow has been stuck for "), sentence);
    assertTrue(stalls.ageNanos("slow") >= StallDetector.LIMIT_NANOS);
    assertTrue(sizes.stream().allMatch(size -> size <= 1), "one probe at a time");

    work();
    assertEquals(Optional.empty(), stalls.trouble());
    pass(SECOND);
    work();
    assertTrue(stalls.ageNanos("slow") <= SECOND);
  }

  @Test
  void aThreadThatWorksSlowlyIsNotStalled() {
    for (int i = 0; i < 10; i++) {
      pass(StallDetector.LIMIT_NANOS - SECOND);
      assertEquals(Optional.empty(), stalls.trouble());
      work();
    }
  }

  @Test
  void aPauseOfTheProcessIsForgiven() {
    pass(SECOND);
    nanos += 3_600 * SECOND;
    assertEquals(Optional.empty(), stalls.trouble());
    pass(SECOND);
    assertEquals(Optional.empty(), stalls.trouble());
    assertTrue(stalls.ageNanos("slow") <= 3 * SECOND);
  }

  /** A long piece of work is excused as long as it advances, from one look to the next. */
  @Test
  void workAdvancesWhileItsCountRises() {
    AtomicLong count = new AtomicLong();
    StallDetector.Progress work = new StallDetector.Progress(count::get);
    assertFalse(work.advances());
    count.addAndGet(7);
    assertTrue(work.advances());
    assertFalse(work.advances());
    count.incrementAndGet();
    assertTrue(work.advances());
  }

  @Test
  void anExcusedThreadIsLateButNotStalled() {
    excused.set(true);
    pass(2 * StallDetector.LIMIT_NANOS);
    assertEquals(Optional.empty(), stalls.trouble());
    assertTrue(stalls.ageNanos("slow") > StallDetector.LIMIT_NANOS, "the age says so");

    excused.set(false);
    pass(StallDetector.LIMIT_NANOS - SECOND);
    assertEquals(Optional.empty(), stalls.trouble());
    pass(2 * SECOND);
    assertTrue(stalls.trouble().isPresent());
  }
}
