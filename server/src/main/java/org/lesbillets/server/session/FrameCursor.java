package org.lesbillets.server.session;

import java.nio.ByteBuffer;

/**
 * A place in the log of frames. One thread at a time; holds a pin on one segment until it is
 * closed.
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

  /** Whether it fell out of the ring. */
  boolean isLost() {
    return lost || log.isRetired(segment);
  }

  /** How many bytes of frames come after it. */
  long behindBytes() {
    return log.head() - position();
  }

  /**
   * Whole frames that follow, as many as stand together; null when there are none, or it is lost.
   * They stay valid until {@link #advance} or {@link #close}.
   */
  ByteBuffer pending() {
    while (true) {
      // A segment that has a successor is full: its end is read again after that was seen.
      FrameSegment next = segment.next();
      int end = segment.end();
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

  /** Passes {@code bytes} of what {@link #pending} gave. */
  void advance(int bytes) {
    offset += bytes;
  }

  @Override
  public void close() {
    log.release(segment);
  }
}
