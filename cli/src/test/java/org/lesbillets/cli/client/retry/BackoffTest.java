package org.lesbillets.cli.client.retry;

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

  /** The clock of the test. */
  private long nanos;

  @ParameterizedTest
  @CsvSource({"0,250", "1,500", "2,1000", "3,2000", "4,4000", "5,8000", "6,15000", "7,15000"})
  void ceilingDoublesUpToItsLongest(int attempts, long millis) {
    Duration later = Backoff.LONGEST_LATER;
    assertEquals(Duration.ofMillis(millis), Backoff.ceiling(attempts, later));
    assertEquals(
        Duration.ofMillis(Math.min(millis, 4_000)), Backoff.ceiling(attempts, Backoff.LONGEST));
    assertEquals(later, Backoff.ceiling(Integer.MAX_VALUE, later));
  }

  @Test
  void waitsNoLongerThanFourSecondsForTenMinutesAndThenUpToFifteen() {
    Backoff backoff = new Backoff(new Random(7), () -> nanos);
    Duration most = Duration.ZERO;
    for (int second = 0; second < 600; second++) {
      nanos = Duration.ofSeconds(second).toNanos();
      Duration wait = backoff.next();
      most = wait.compareTo(most) > 0 ? wait : most;
    }
    assertTrue(most.compareTo(Duration.ofSeconds(4)) <= 0, most::toString);
    assertEquals(Duration.ofSeconds(3), backoff.patience(Duration.ofSeconds(10)));
    nanos = Duration.ofMinutes(10).toNanos();
    assertEquals(Duration.ofSeconds(10), backoff.patience(Duration.ofSeconds(10)));
    for (int i = 0; i < 200; i++) {
      Duration wait = backoff.next();
      most = wait.compareTo(most) > 0 ? wait : most;
    }
    assertTrue(most.compareTo(Duration.ofSeconds(14)) > 0, most::toString);
    assertTrue(most.compareTo(Duration.ofSeconds(15)) <= 0, most::toString);
    backoff.reset();
    assertEquals(Duration.ofSeconds(3), backoff.patience(Duration.ofSeconds(10)));
    assertTrue(backoff.next().compareTo(Backoff.FIRST) <= 0);
  }

  @Test
  void anAttemptThatTookItsTimeShortensTheWaitAfterIt() {
    for (int run = 0; run < 200; run++) {
      Backoff backoff = new Backoff(new Random(run), () -> nanos);
      for (int i = 0; i < 6; i++) {
        backoff.next();
      }
      Duration wait = backoff.next(Duration.ofSeconds(3));
      assertTrue(wait.compareTo(Duration.ofSeconds(1)) <= 0, wait::toString);
      Duration least = backoff.next(Duration.ofHours(1));
      assertTrue(least.compareTo(Backoff.FIRST) <= 0, least::toString);
    }
  }

  @Test
  void spreadsOverTheWholeRangeAndNeverBeyond() {
    long seed = Long.getLong("billets.seed", System.nanoTime());
    for (int attempt = 0; attempt < 9; attempt++) {
      long ceiling = Backoff.ceiling(attempt, Backoff.LONGEST).toMillis();
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
