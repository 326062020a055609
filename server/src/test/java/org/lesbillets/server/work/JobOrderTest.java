package org.lesbillets.server.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The order of long and short jobs on one thread, over a clock that only their work moves. */
class JobOrderTest {
  private static final int SLICE_MILLIS = (int) Slice.LENGTH.toMillis();

  /** What a job does between two looks at the clock. */
  private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final Deque<Runnable> threads = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private long nanos;
  private final FairLane lane = new FairLane(threads::add, 1, 100, () -> nanos);

  /** A request, with a session of its own, that takes some time in slices. */
  private final class Request {
    private final Object session;
    private final String name;
    private final FairLane.Job job = new FairLane.Job();
    private final long begin = nanos;
    private long leftNanos;
    private long latencyNanos = -1;
    private int slices;

    Request(String name, int millis) {
      this(new Object(), name, millis);
    }

    Request(Object session, String name, int millis) {
      this.session = session;
      this.name = name;
      this.leftNanos = TimeUnit.MILLISECONDS.toNanos(millis);
      lane.execute(session, job, this::slice);
    }

    private void slice() {
      slices++;
      Slice slice = Slice.of(() -> nanos, lane.preempts(job));
      do {
        nanos += STEP_NANOS;
        leftNanos -= STEP_NANOS;
      } while (leftNanos > 0 && !slice.isOver());
      if (leftNanos > 0) {
        lane.execute(session, job, this::slice);
      } else {
        latencyNanos = nanos - begin;
        done.add(name);
      }
    }

    boolean isDone() {
      return latencyNanos >= 0;
    }

    long latencyMillis() {
      return TimeUnit.NANOSECONDS.toMillis(isDone() ? latencyNanos : nanos - begin);
    }
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private List<Request> requests(String name, int count, int millis) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(new Request(name + i, millis));
    }
    return requests;
  }

  private void runUntil(long millis) {
    while (millis() < millis && !threads.isEmpty()) {
      threads.poll().run();
    }
  }

  @Test
  void aJobThatWorksForManySessionsIsChargedEachItsPart() {
    requests("old", 2, 2_000);
    Request shared = new Request("shared", 600);
    shared.job.worksFor(512);
    Request alone = new Request("alone", 600);
    runUntil(900);
    assertTrue(shared.isDone(), "took part in " + shared.slices + " slices");
    assertFalse(alone.isDone());
  }

  @Test
  void whatIsSoonDoneGoesBeforeAnyNumberOfLongJobs() {
    requests("long", 200, 300);
    runUntil(5_000);
    Request small = new Request("small", 6);
    runUntil(5_100);
    assertTrue(small.latencyMillis() <= 6 + SLICE_MILLIS, () -> "" + small.latencyMillis());
  }

  /** Were the time shared evenly, none of these would end within the first minute. */
  @Test
  void equallyLongJobsEndOneAfterTheOtherAndNotAllAtTheEnd() {
    List<Request> all = requests("long", 200, 300);
    runUntil(10_000);
    assertTrue(done.size() >= 10, done::toString);
    assertEquals("long0", done.get(0));
    runUntil(100_000);
    assertEquals(200, done.size());
    assertEquals(60_000, millis(), "no time is lost");
    assertTrue(all.get(0).latencyMillis() < 2_500, () -> "" + all.get(0).latencyMillis());
  }

  @Test
  void whoAsksAgainAndAgainDoesNotOvertakeTheOldest() {
    List<Request> claims = requests("claim", 20, 300);
    List<Request> lists = new ArrayList<>(requests("list", 40, 300));
    while (!claims.stream().allMatch(Request::isDone)) {
      runUntil(millis() + 1);
      lists.replaceAll(list -> list.isDone() ? new Request(list.session, "list", 300) : list);
      assertTrue(millis() < 2 * 60 * 300, done::toString);
    }
  }

  @Test
  void aSessionThatAsksAgainAndAgainIsNotServedFirst() {
    List<Request> lists = new ArrayList<>(requests("list", 40, 100));
    runUntil(2_000);
    for (int i = 0; i < 100; i++) {
      Request small = new Request("small", 6);
      while (!small.isDone()) {
        runUntil(millis() + 1);
      }
      assertTrue(small.latencyMillis() <= 6 + SLICE_MILLIS, () -> "" + small.latencyMillis());
      runUntil(millis() + 50);
      lists.replaceAll(list -> list.isDone() ? new Request(list.session, "list", 100) : list);
    }
  }

  @Test
  void whoHasNotWorkedForSomeTimeIsForgotten() {
    LastJobs jobs = new LastJobs();
    FairLane.Job job = new FairLane.Job();
    for (int owner = 0; owner < 1_000; owner++) {
      jobs.worked(owner, job, 0);
    }
    long later = TimeUnit.SECONDS.toNanos(LastJobs.MAX_AGE_SECONDS);
    jobs.worked(7, job, later);
    assertEquals(1_000, jobs.size());
    jobs.worked("another", job, later + 1);
    assertEquals(2, jobs.size());
    assertEquals(job, jobs.of(7));
    jobs.forget(7);
    assertNull(jobs.of(7));
  }

  @Test
  void aJobOfMediumLengthDoesNotWaitForTheLongOnes() {
    requests("long", 200, 300);
    runUntil(30_000);
    Request medium = new Request("medium", 60);
    runUntil(30_500);
    assertTrue(medium.latencyMillis() <= 150, () -> "" + medium.latencyMillis());
  }

  @Test
  void aLongJobHasItsShareOfAFloodOfShortOnes() {
    Request claim = new Request("claim", 300);
    for (int i = 0; !claim.isDone(); i++) {
      new Request("short" + i, SLICE_MILLIS);
      runUntil(millis() + 1);
      assertTrue(millis() < 5 * 300, () -> claim.leftNanos + " ns left");
    }
    assertTrue(claim.slices <= 300 / SLICE_MILLIS + 10, "no short one interrupts what is owed");
  }

  @Test
  void aJobThatNeverEndsStopsNoOther() {
    new Request("endless", 1_000_000);
    runUntil(100);
    List<Request> claims = requests("claim", 20, 300);
    runUntil(20 * 300 + 10_000);
    assertTrue(claims.stream().allMatch(Request::isDone), done::toString);
  }

  @Test
  void aShortJobInterruptsALongOneAtOnce() {
    Request claim = new Request("claim", 300);
    runUntil(100);
    assertFalse(lane.preempts(claim.job).getAsBoolean(), "it is alone");
    Request other = new Request("other", 300);
    runUntil(300);
    assertFalse(lane.preempts(claim.job).getAsBoolean(), "the other is as long");
    assertFalse(lane.preempts(other.job).getAsBoolean(), "the other is as long");
    Request list = new Request("list", 6);
    assertTrue(lane.preempts(claim.job).getAsBoolean());
    assertTrue(lane.preempts(other.job).getAsBoolean());
    assertFalse(lane.preempts(list.job).getAsBoolean());
    runUntil(310);
    assertTrue(list.isDone());
    assertFalse(lane.preempts(claim.job).getAsBoolean(), "the short one is done");
  }
}
