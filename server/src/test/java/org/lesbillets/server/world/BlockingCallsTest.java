package org.lesbillets.server.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Calls that block end for those who wait, are bounded, and do not stay behind. */
class BlockingCallsTest {
  private static final Duration LONG = Duration.ofSeconds(15);

  @Test
  void whoWaitsIsToldAfterTheDeadline() {
    CompletableFuture<String> never = new CompletableFuture<>();
    try (BlockingCalls calls = new BlockingCalls("test", 1, 1)) {
      assertInstanceOf(
          TimeoutException.class,
          assertThrows(
                  CompletionException.class,
                  () -> calls.call(Duration.ofMillis(20), never::get).join())
              .getCause());
    }
  }

  @Test
  void callsBeyondTheBoundFailAtOnceAndTheOthersAreMade() {
    CompletableFuture<String> later = new CompletableFuture<>();
    try (BlockingCalls calls = new BlockingCalls("test", 1, 1)) {
      CompletableFuture<String> first = calls.call(LONG, later::get);
      CompletableFuture<String> second = calls.call(LONG, () -> "second");
      assertInstanceOf(
          RejectedExecutionException.class,
          assertThrows(CompletionException.class, () -> calls.call(LONG, () -> "third").join())
              .getCause());
      later.complete("first");
      assertEquals("first", first.join());
      assertEquals("second", second.join());
      assertEquals("test-1", calls.call(LONG, () -> Thread.currentThread().getName()).join());
    }
  }
}
