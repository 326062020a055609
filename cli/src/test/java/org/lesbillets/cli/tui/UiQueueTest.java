package org.lesbillets.cli.tui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.model.ResumePoint;

class UiQueueTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final UiQueue queue = new UiQueue();

  private static UiEvent key(char c) {
    return new UiEvent.Pressed(Key.character(c));
  }

  private static WatchEvent news(int attempt) {
    return new WatchEvent.ConnectionChanged(new ConnectionState.Connecting(attempt));
  }

  private static WatchEvent part() {
    return new WatchEvent.SnapshotLoaded(
        new SnapshotPart(List.of(), new ResumePoint("j", 1), 0, false, true, true));
  }

  private Thread producer(Runnable work) {
    Thread thread = new Thread(work, "producer");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaitBlocked(Thread thread) {
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  private static void awaitEnd(Thread thread) {
    await().until(() -> !thread.isAlive());
  }

  @Test
  void whatWaitsIsTakenAtOnceAtTheEnd() throws Exception {
    queue.put(news(1));
    queue.put(key('a'));
    List<UiEvent> all = new ArrayList<>();
    queue.drain().forEach(all::add);
    assertEquals(List.of(key('a'), news(1)), all);
    assertEquals(0, queue.size());
  }

  @Test
  void keysComeBeforeNewsAndEachInOrder() throws Exception {
    queue.put(news(1));
    queue.put(key('a'));
    queue.put(news(2));
    queue.put(key('b'));
    assertEquals(4, queue.size());
    assertEquals(key('a'), queue.take(NONE));
    assertEquals(key('b'), queue.take(NONE));
    assertEquals(news(1), queue.take(NONE));
    queue.put(key('c'));
    assertEquals(key('c'), queue.take(NONE));
    assertEquals(news(2), queue.take(NONE));
    assertNull(queue.take(NONE));
  }

  @Test
  void whoWaitsIsWokenByWhateverComes() throws Exception {
    producer(() -> queue.put(key('a')));
    assertEquals(key('a'), queue.take(LONG));
    producer(() -> queue.put(news(1)));
    assertEquals(news(1), queue.take(LONG));
  }

  @Test
  void nobodyWaitsForEver() throws Exception {
    long start = System.nanoTime();
    assertNull(queue.take(Duration.ofMillis(30)));
    assertTrue(System.nanoTime() - start >= Duration.ofMillis(30).toNanos());
  }

  @Test
  void whoBringsTooManyNewsWaitsUntilSomeAreTaken() throws Exception {
    AtomicInteger put = new AtomicInteger();
    Thread thread =
        producer(
            () -> {
              for (int n = 0; n < 1_500; n++) {
                queue.put(news(n));
                put.incrementAndGet();
              }
            });
    awaitBlocked(thread);
    assertEquals(1_024, put.get());
    queue.put(key('a'));
    assertEquals(key('a'), queue.take(NONE), "keys have room all the same");
    for (int n = 0; n < 1_500; n++) {
      assertEquals(news(n), queue.take(LONG));
    }
    awaitEnd(thread);
    assertEquals(0, queue.size());
  }

  @Test
  void aPartOfASnapshotCountsForMany() throws Exception {
    for (int n = 0; n < 4; n++) {
      queue.put(part());
    }
    Thread thread = producer(() -> queue.put(part()));
    awaitBlocked(thread);
    assertEquals(4, queue.size());
    queue.take(NONE);
    awaitEnd(thread);
    assertEquals(4, queue.size());
  }

  @Test
  void whenNobodyTakesAnyMoreNobodyWaitsAndNothingIsKept() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      queue.put(part());
    }
    for (int n = 0; n < 3; n++) {
      threads.add(producer(() -> queue.put(news(1))));
    }
    threads.forEach(UiQueueTest::awaitBlocked);
    queue.close();
    threads.forEach(UiQueueTest::awaitEnd);
    assertEquals(4, queue.size());
    queue.put(news(2));
    assertEquals(4, queue.size());
    queue.put(key('a'));
    assertEquals(key('a'), queue.take(NONE));
  }

  @Test
  void whatManyBringIsAllThere() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          producer(
              () -> {
                for (int n = 0; n < 5_000; n++) {
                  if (n % 2 == 0) {
                    queue.put(news(n));
                  } else {
                    queue.put(key('a'));
                  }
                }
              }));
    }
    for (int n = 0; n < 20_000; n++) {
      assertTrue(queue.take(LONG) != null);
    }
    threads.forEach(UiQueueTest::awaitEnd);
    assertEquals(0, queue.size());
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    Thread thread =
        producer(
            () -> {
              try {
                queue.take(Duration.ofDays(1));
              } catch (InterruptedException e) {
                ended.incrementAndGet();
              }
            });
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    thread.interrupt();
    awaitEnd(thread);
    assertEquals(1, ended.get());
  }

  /** Whoever quits while news wait for room is not held up by the thread that brings them. */
  @Test
  void anInterruptEndsTheWaitForRoom() throws Exception {
    for (int i = 0; i < 4; i++) {
      queue.put(part());
    }
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread thread =
        producer(
            () -> {
              queue.put(news(1));
              interrupted.set(Thread.interrupted());
            });
    awaitBlocked(thread);
    thread.interrupt();
    awaitEnd(thread);
    assertTrue(interrupted.get(), "whoever runs the thread can see it");
    assertEquals(4, queue.size());
  }
}
