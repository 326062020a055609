package org.lesbillets.server.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/** A disk that does not answer is noticed after 2 s, and a pause of our own is no such disk. */
final class DiskDeadlineTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> heard = new ArrayList<>();
  private Duration lasted;
  private final DiskDeadline deadline =
      new DiskDeadline(
          World.system(
              new TimeSource() {
                @Override
                public long nanos() {
                  return nanos.get();
                }

                @Override
                public java.time.Instant now() {
                  return java.time.Instant.EPOCH;
                }
              }),
          new DiskDeadline.Listener() {
            @Override
            public void stalled() {
              heard.add("stalled");
            }

            @Override
            public void lasts(long nanos) {
              lasted = Duration.ofNanos(nanos);
            }

            @Override
            public void answered() {
              heard.add("answered");
            }
          });

  private void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 100) {
      nanos.addAndGet(Duration.ofMillis(100).toNanos());
      deadline.look();
    }
  }

  @Test
  void aUseOfTwoSecondsHasStalledUntilItEnds() {
    deadline.enter();
    pass(Duration.ofMillis(1_900));
    assertEquals(List.of(), heard);
    pass(Duration.ofMillis(100));
    pass(Duration.ofSeconds(10));
    assertEquals(List.of("stalled"), heard);
    assertEquals(Duration.ofSeconds(12), lasted);
    deadline.leave();
    pass(Duration.ofSeconds(10));
    assertEquals(List.of("stalled", "answered"), heard);
  }

  /** A server at rest does not wake ten times a second for a disk that nobody uses. */
  @Test
  void withoutAUseThereIsNoFurtherLook() {
    final long again = Duration.ofMillis(100).toNanos();
    assertEquals(Long.MAX_VALUE, deadline.look());
    deadline.enter();
    assertEquals(again, deadline.look());
    deadline.leave();
    assertEquals(Long.MAX_VALUE, deadline.look(), "the use has ended, and there was no other");
    deadline.enter();
    deadline.leave();
    assertEquals(again, deadline.look(), "there may be more uses");
    assertEquals(Long.MAX_VALUE, deadline.look());
  }

  @Test
  void aUseWakesTheLoopThatWaitsForOne() {
    CountDownLatch stalls = new CountDownLatch(1);
    try (DiskDeadline real = new DiskDeadline(World.system(), onStall(stalls::countDown))) {
      real.start((thread, cause) -> {});
      await().until(real::isWaiting);
      real.enter();
      await().until(() -> stalls.getCount() == 0);
    }
  }

  private static DiskDeadline.Listener onStall(Runnable stalled) {
    return new DiskDeadline.Listener() {
      @Override
      public void stalled() {
        stalled.run();
      }

      @Override
      public void answered() {}
    };
  }

  @Test
  void manyShortUsesAreNone() {
    for (int i = 0; i < 100; i++) {
      deadline.enter();
      pass(Duration.ofMillis(1_000));
      deadline.leave();
    }
    assertEquals(List.of(), heard);
  }

  @Test
  void aPauseOfTheProcessIsForgiven() {
    deadline.enter();
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    deadline.look();
    assertEquals(List.of(), heard);
    pass(Duration.ofMillis(1_700));
    assertEquals(List.of(), heard);
    pass(Duration.ofMillis(200));
    assertEquals(List.of("stalled"), heard);
  }

  /** The rewrite of a large file is no disk that hangs: its own append waits for its end. */
  @Test
  void whatIsBegunIsLeftToARewriteAndTheRestBusy() {
    AppendQueue queue = new AppendQueue(() -> {});
    JournalMeasures measures = new JournalMeasures();
    measures.sized(new JournalMeasures.Sizes((1L << 30) - 1, 0, 0));
    StalledDisk disk = new StalledDisk(queue, Path.of("journal.db"), measures);
    List<CompletableFuture<Outcome>> stages = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      stages.add(queue.add(Facts.create(new UUID(1, i), 0, "t")).toCompletableFuture());
    }
    List<AppendQueue.Pending> taken = new ArrayList<>();
    queue.take(taken, 2);
    taken.get(0).begin();
    disk.rewriting(true);
    disk.stalled();
    String reason = disk.reason();
    assertTrue(reason.contains("is being rewritten"), reason);
    assertFalse(stages.get(0).isDone(), "it is the rewrite's own");
    assertEquals(new Outcome.Busy(reason), stages.get(1).join());
    assertEquals(new Outcome.Busy(reason), stages.get(2).join());
    Append late = Facts.create(new UUID(1, 9), 0, "t");
    assertEquals(new Outcome.Busy(reason), queue.add(late).toCompletableFuture().join());
    disk.answered();
    disk.rewriting(false);
    assertNull(disk.reason());
    assertFalse(queue.add(late).toCompletableFuture().isDone());
    disk.rewriting(true);
    disk.stalled();
    disk.lasts(Duration.ofMinutes(3).toNanos());
    assertTrue(disk.reason().contains("is being rewritten"), disk.reason());
    disk.lasts(Duration.ofMinutes(4).toNanos());
    assertTrue(disk.reason().contains("has not answered"), disk.reason());
    assertEquals(new Outcome.Unknown(disk.reason()), stages.get(0).join());
  }

  @Test
  void whatIsBegunIsUnknownAndTheRestBusy() {
    AppendQueue queue = new AppendQueue(() -> {});
    List<CompletableFuture<Outcome>> stages = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Append append = Facts.create(new UUID(1, i), 0, "t");
      stages.add(queue.add(append).toCompletableFuture());
    }
    List<AppendQueue.Pending> taken = new ArrayList<>();
    queue.take(taken, 2);
    taken.get(0).begin();
    queue.stall(Obstacle.stalled("why"));
    assertEquals(new Outcome.Unknown("why"), stages.get(0).join());
    assertEquals(new Outcome.Busy("why"), stages.get(1).join());
    assertEquals(new Outcome.Busy("why"), stages.get(2).join());
    assertEquals(false, taken.get(1).begin(), "answered, and never written");
    Append late = Facts.create(new UUID(1, 9), 0, "t");
    assertEquals(new Outcome.Busy("why"), queue.add(late).toCompletableFuture().join());
    queue.resume();
    CompletableFuture<Outcome> next = queue.add(late).toCompletableFuture();
    taken.clear();
    queue.take(taken, 5);
    assertEquals(1, taken.size());
    assertEquals(false, next.isDone());
  }
}
