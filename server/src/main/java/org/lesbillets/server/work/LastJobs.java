package org.lesbillets.server.work;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The last job of each owner, by which the length of its next one is predicted (exponential
 * average). Guarded by its lane; as large as the number of owners that worked in the last {@value
 * #MAX_AGE_SECONDS} s.
 */
final class LastJobs {
  static final int MAX_AGE_SECONDS = 10;

  private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(MAX_AGE_SECONDS);

  /** The one that has not worked for longest first. */
  private final Map<Object, Last> jobs = new LinkedHashMap<>();

  private record Last(FairLane.Job job, long at) {}

  /** The last job of an owner, or null. */
  FairLane.Job of(Object owner) {
    Last last = jobs.get(owner);
    return last == null ? null : last.job;
  }

  /** A job of the owner has worked. */
  void worked(Object owner, FairLane.Job job, long now) {
    jobs.remove(owner);
    jobs.put(owner, new Last(job, now));
    Iterator<Last> eldest = jobs.values().iterator();
    while (eldest.hasNext() && now - eldest.next().at > MAX_AGE_NANOS) {
      eldest.remove();
    }
  }

  void forget(Object owner) {
    jobs.remove(owner);
  }

  int size() {
    return jobs.size();
  }
}
