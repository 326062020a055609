package org.lesbillets.cli.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class TaskQueueTest {
  private final TaskQueue inbox = new TaskQueue();
  private final List<Integer> ran = new CopyOnWriteArrayList<>();

  private void take(int count) throws InterruptedException {
    int wanted = ran.size() + count;
    while (ran.size() < wanted) {
      inbox.take(Duration.ofSeconds(10)).run();
    }
  }

  @Test
  void theLastTaskNeedsNoRoomAndComesAfterAllOthers() throws Exception {
    for (int i = 0; i < 1_024; i++) {
      int number = i;
      inbox.put(() -> ran.add(number));
    }
    inbox.putLast(() -> ran.add(-1));
    take(1_025);
    assertEquals(-1, ran.get(1_024));
    assertEquals(1_023, ran.get(1_023));
    assertTrue(inbox.isEmpty());
  }

  @Test
  void anInterruptedThreadLosesNothing() throws Exception {
    Thread.currentThread().interrupt();
    inbox.put(() -> ran.add(1));
    inbox.putLast(() -> ran.add(2));
    assertTrue(Thread.interrupted());
    take(2);
    assertEquals(List.of(1, 2), ran);
  }

  @Test
  void anInterruptDoesNotEndTheWaitForRoom() throws Exception {
    for (int i = 0; i < 1_024; i++) {
      inbox.put(() -> ran.add(0));
    }
    Thread reader = new Thread(() -> inbox.put(() -> ran.add(1)));
    reader.start();
    await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
    reader.interrupt();
    take(1_025);
    assertEquals(1, ran.get(1_024));
    reader.join();
  }

  @Test
  void theLastTaskWakesTheOneWhoTakes() throws Exception {
    CompletableFuture<Void> taken =
        CompletableFuture.runAsync(
            () -> {
              try {
                take(1);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    inbox.putLast(() -> ran.add(1));
    taken.get();
  }

  @Test
  void closedItKeepsNobody() throws Exception {
    for (int i = 0; i < 1_024; i++) {
      inbox.put(() -> ran.add(0));
    }
    CompletableFuture<Void> full = CompletableFuture.runAsync(() -> inbox.put(() -> ran.add(1)));
    inbox.close();
    full.get();
    inbox.put(() -> ran.add(2));
    inbox.take(Duration.ZERO).run();
    inbox.take(Duration.ZERO).run();
    assertFalse(ran.contains(2), ran::toString);
  }
}
