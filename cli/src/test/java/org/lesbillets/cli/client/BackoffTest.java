package org.lesbillets.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {

  @ParameterizedTest
  @CsvSource({"0,250", "1,500", "2,1000", "3,2000", "4,4000", "5,8000", "6,15000", "7,15000"})
  void ceilingDoublesUpToFifteenSeconds(int attempts, long millis) {
    assertEquals(Duration.ofMillis(millis), Backoff.ceiling(attempts));
    assertEquals(Backoff.LONGEST, Backoff.ceiling(Integer.MAX_VALUE));
  }

  @Test
  void spreadsOverTheWholeRangeAndNeverBeyond() {
    long seed = Long.getLong("billets.seed", System.nanoTime());
    for (int attempt = 0; attempt < 9; attempt++) {
      long ceiling = Backoff.ceiling(attempt).toMillis();
      long least = Long.MAX_VALUE;
      long most = 0;
      Random random = new Random(seed + attempt);
      for (int run = 0; run < 400; run++) {
        long wait = nth(random, attempt).toMillis();
        least = Math.min(least, wait);
        most = Math.max(most, wait);
      }
      String told = "seed " + seed + ", attempt " + attempt + ": " + least + " to " + most;
      assertTrue(least >= 0 && most <= ceiling, told);
      assertTrue(least < ceiling / 10 && most > ceiling * 9 / 10, told);
    }
  }

  private static Duration nth(RandomGenerator random, int attempt) {
    return nth(new Backoff(random), attempt);
  }

  @Test
  void startsOverAfterSuccess() {
    Backoff backoff = new Backoff(new Random(1));
    for (int i = 0; i < 10; i++) {
      backoff.next();
    }
    assertEquals(10, backoff.attempts());
    backoff.reset();
    assertEquals(0, backoff.attempts());
    assertTrue(backoff.next().compareTo(Backoff.FIRST) <= 0);
  }

  @Test
  void twoClientsDoNotWaitAlikeWhicheverThreadDraws() throws Exception {
    List<Duration> waits = new CopyOnWriteArrayList<>();
    for (int client = 0; client < 10; client++) {
      Backoff backoff = Backoff.unpredictable();
      Thread thread = new Thread(() -> waits.add(nth(backoff, 8)));
      thread.start();
      thread.join();
    }
    assertTrue(Set.copyOf(waits).size() > 5, waits::toString);
  }

  private static Duration nth(Backoff backoff, int attempt) {
    for (int i = 0; i < attempt; i++) {
      backoff.next();
    }
    return backoff.next();
  }
}
