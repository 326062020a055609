package org.lesbillets.server.session;

import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Workers;

/**
 * Lazy producer of a long answer. The next chunk is made when the one before has left, so that a
 * slow reader of a big snapshot costs one chunk of memory.
 */
interface ChunkSource {

  /**
   * Makes the next chunk, which is empty when a slice of work did not finish one. A worker's
   * thread, one at a time; may block on the journal.
   *
   * @return null at the end
   */
  Chunk next();

  /**
   * The lane of the next chunk, by whether it reads the journal. One call before each {@link
   * #next}; the drainer's thread, or a worker's.
   */
  FairLane lane(Workers workers);

  /** What the work on all its chunks counts as. */
  FairLane.Job job();

  /** The effect on the session's watch. */
  default WatchEffect effect() {
    return WatchEffect.NONE;
  }

  /** What the frames are to the watch of their connection. */
  enum WatchEffect {
    NONE,
    STARTS,
    /** They are the watch's own, and follow what it was pushed before. */
    CONTINUES,
    ENDS
  }

  /**
   * @param frames finished, may be empty
   * @param liveAt log position that the session follows from once the frames have left; {@link
   *     #NOT_LIVE} when more chunks follow, or when there is no log to follow
   */
  record Chunk(byte[] frames, long liveAt) {
    static final long NOT_LIVE = -1;
    private static final byte[] NOTHING = {};

    /** The next chunk needs another slice. */
    static final Chunk UNFINISHED = of(NOTHING);

    static Chunk of(byte[] frames) {
      return new Chunk(frames, NOT_LIVE);
    }

    static Chunk live(long position) {
      return new Chunk(NOTHING, position);
    }
  }
}
