package org.lesbillets.server.session;

import java.util.concurrent.Executor;
import org.lesbillets.server.desk.LockTimes;
import org.lesbillets.server.desk.TimeSource;
import org.lesbillets.server.journal.Journal;

/**
 * What all sessions share.
 *
 * @param workers makes parts; its queue is bounded by one task a session
 * @param watches takes filtered watches that have caught up
 * @param onOver hears of sessions that are over
 */
public record SessionServices(
    FrameLog log,
    Drainer drainer,
    Executor workers,
    Journal journal,
    LockTimes lockTimes,
    TimeSource time,
    SessionLimits limits,
    JournalDamage damage,
    FilteredWatches watches,
    OnOver onOver) {

  /** Takes filtered watches that have caught up. */
  public interface FilteredWatches {
    /**
     * From now on the watch is told what happens after {@code revision}. A worker's thread; does
     * not block.
     */
    void register(FilteredWatch watch, long revision);
  }

  /** Hears of sessions that are over. */
  public interface OnOver {
    /** The drainer's thread. */
    void over(ClientSession session, String reason);
  }
}
