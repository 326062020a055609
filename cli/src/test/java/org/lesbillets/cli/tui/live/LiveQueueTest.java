package org.lesbillets.cli.tui.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LiveQueueTest {
  private static final int CAPACITY = 4_096;

  private final AtomicInteger wakes = new AtomicInteger();
  private final LiveQueue queue = new LiveQueue(wakes::incrementAndGet);
  private final List<LiveNews> drained = new ArrayList<>();

  private static LiveNews news(int number) {
    return new LiveNews.GivenUp("news " + number);
  }

  private void put(int from, int to) {
    for (int i = from; i < to; i++) {
      queue.accept(news(i));
    }
  }

  private static List<LiveNews> all(int count) {
    List<LiveNews> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(news(i));
    }
    return all;
  }

  @Test
  void handsOutBatchesInOrderAndWakesOncePerBatch() {
    assertEquals(0, queue.drain(10, drained::add));
    put(0, 25);
    assertEquals(1, wakes.get(), "one wake for all that came before it was drained");
    assertEquals(10, queue.drain(10, drained::add));
    assertEquals(2, wakes.get(), "what is left is announced again");
    put(25, 30);
    assertEquals(2, wakes.get());
    assertEquals(20, queue.drain(100, drained::add));
    assertEquals(2, wakes.get(), "nothing is left");
    put(30, 31);
    assertEquals(3, wakes.get());
    assertEquals(1, queue.drain(100, drained::add));
    assertEquals(all(31), drained);
  }

  @Test
  void whoPutsIntoAFullQueueWaitsForRoom() {
    CompletableFuture<Void> putting = CompletableFuture.runAsync(() -> put(0, CAPACITY + 10));
    await().until(() -> wakes.get() == 1 && isWaiting());
    assertFalse(putting.isDone());
    assertEquals(10, queue.drain(10, drained::add));
    await().until(putting::isDone);
    assertEquals(CAPACITY, queue.drain(CAPACITY * 2, drained::add));
    assertEquals(all(CAPACITY + 10), drained);
  }

  private static boolean isWaiting() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(one -> one.getKey().getState() == Thread.State.WAITING)
        .flatMap(one -> List.of(one.getValue()).stream())
        .anyMatch(frame -> frame.getClassName().equals(LiveQueue.class.getName()));
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    put(0, CAPACITY);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              queue.accept(news(CAPACITY));
              interrupted.complete(Thread.interrupted());
            });
    thread.start();
    await().until(LiveQueueTest::isWaiting);
    thread.interrupt();
    assertTrue(interrupted.get(), "whoever runs the thread can see it");
    assertEquals(CAPACITY, queue.drain(CAPACITY * 2, drained::add));
  }

  /** Whoever sleeps until they are woken never sleeps over news, however the two threads run. */
  @Test
  void noWakeIsMissed() throws Exception {
    int count = 200_000;
    Semaphore alarm = new Semaphore(0);
    LiveQueue busy = new LiveQueue(alarm::release);
    CompletableFuture<Void> putting =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < count; i++) {
                busy.accept(news(i));
              }
            });
    List<LiveNews> heard = new ArrayList<>();
    while (heard.size() < count) {
      alarm.acquire();
      busy.drain(64, heard::add);
    }
    putting.get();
    assertEquals(all(count), heard);
  }
}
