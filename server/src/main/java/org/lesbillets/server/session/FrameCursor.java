package org.lesbillets.server.session;

import java.nio.ByteBuffer;

/**
 * Read position in the frame log, between two frames. One thread at a time; pins one segment until
 * it is closed.
 */
final class FrameCursor implements AutoCloseable {
  private final FrameLog log;
  private FrameSegment segment;
  private int offset;
  private boolean lost;

  FrameCursor(FrameLog log, FrameSegment segment, int offset) {
    this.log = log;
    this.segment = segment;
    this.offset = offset;
  }

  long position() {
    return segment.start() + offset;
  }

  /** Whether its segment has left the ring. */
  boolean isLost() {
    return lost || log.isLost(segment, offset);
  }

  /**
   * The whole frames from here to the end of a segment; null when there are none, or the cursor is
   * lost. Valid until {@link #advance} or {@link #close}.
   */
  ByteBuffer pending() {
    while (true) {
      // A segment with a successor is full: read the successor first, so that this end is final.
      FrameSegment next = segment.next();
      int end = segment.end();
      if (offset < end && segment.isForgotten()) {
        lost = true;
        return null;
      }
      if (offset < end) {
        return segment.view(offset, end);
      }
      if (next == null) {
        return null;
      }
      FrameSegment followed = log.follow(segment);
      if (followed == null) {
        lost = true;
        return null;
      }
      segment = followed;
      offset = 0;
    }
  }

  /** Moves past {@code bytes} of {@link #pending}. */
  void advance(int bytes) {
    offset += bytes;
  }

  @Override
  public void close() {
    log.release(segment);
  }
}
