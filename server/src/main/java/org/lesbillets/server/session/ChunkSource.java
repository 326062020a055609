package org.lesbillets.server.session;

/**
 * Something long a session is sent, made a part at a time: the next one only when the one before
 * has left, so that a slow reader of a big desk costs one part.
 */
interface ChunkSource {

  /**
   * Makes the next part. A worker's thread, one at a time; may read the journal.
   *
   * @return null when there is none left
   */
  Chunk next();

  /** What it does to the session's watch. */
  default WatchEffect effect() {
    return WatchEffect.NONE;
  }

  /** Whether an answer starts or ends the watch of its connection. */
  enum WatchEffect {
    NONE,
    STARTS,
    ENDS
  }

  /**
   * @param frames finished, may be empty
   * @param liveAt the position of the log the session is to follow from when the frames have left;
   *     {@link #NOT_LIVE} when there is more to be made, or no log to be followed
   */
  record Chunk(byte[] frames, long liveAt) {
    static final long NOT_LIVE = -1;
    private static final byte[] NOTHING = {};

    static Chunk of(byte[] frames) {
      return new Chunk(frames, NOT_LIVE);
    }

    static Chunk live(long position) {
      return new Chunk(NOTHING, position);
    }
  }
}
