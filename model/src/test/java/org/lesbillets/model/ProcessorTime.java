package org.lesbillets.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;

/** What a computation costs the thread it runs on, whatever else the machine does meanwhile. */
public final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ProcessorTime() {}

  /** Runs {@code work} on this thread; fails if that took more processor time than {@code most}. */
  public static <T> T assertAtMost(Duration most, Callable<T> work) throws Exception {
    long begun = THREADS.getCurrentThreadCpuTime();
    T result = work.call();
    Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begun);
    assertTrue(took.compareTo(most) <= 0, () -> took.toMillis() + " ms of processor time");
    return result;
  }
}
