package org.lesbillets.server.session;

import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.desk.request.Snapshot;
import org.lesbillets.server.journal.EventPages;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.lesbillets.server.work.Workers;
import org.lesbillets.server.world.TimeSource;

/**
 * Dependencies shared by all sessions.
 *
 * @param workers makes chunks; its queues hold at most one task a session for that
 * @param pages of the journal, for watches that catch up
 * @param watches takes over filtered watches that have caught up
 * @param onOver callbacks for sessions that close, and that have ended
 */
public record SessionServices(
    FrameLog log,
    Drainer drainer,
    Workers workers,
    Journal journal,
    EventPages pages,
    Snapshot.Source desk,
    TimeSource time,
    SessionLimits limits,
    AnswerMemory memory,
    JournalDamage damage,
    SessionMeasures measures,
    DrainState drain,
    FilteredWatches watches,
    OnOver onOver) {

  /** Owner of the filtered watches that are live. */
  public interface FilteredWatches {
    /**
     * Registers a watch for the events after {@code revision}. A worker's thread; does not block.
     */
    void register(FilteredWatch watch, long revision);
  }

  /** Callbacks for the end of a session. */
  public interface OnOver {
    /** The drainer's thread; once a session. */
    void over(Requester session, SessionEnd why);

    /** It was asked to close: no further answer is written. The drainer's thread; at most once. */
    void closing(Requester session);
  }
}
