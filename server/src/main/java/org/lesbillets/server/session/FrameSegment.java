package org.lesbillets.server.session;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Fixed-size buffer of whole frames, with an index of revisions. One link of the frame log's chain.
 *
 * <p>Written under the log's lock. Bytes before {@link #end()} are immutable: publishing the
 * volatile end makes them readable by any thread that holds a pin.
 */
final class FrameSegment {
  private final ByteBuffer buffer;
  private final long start;
  private final long revisionBefore;
  private long[] revisions = new long[64];
  private int[] ends = new int[64];
  private int frames;
  private int pins;
  private boolean retired;
  private volatile boolean forgotten;
  private volatile int end;
  private volatile FrameSegment next;

  /**
   * @param start the position in the log of its first byte
   * @param revisionBefore of the last event before its first frame
   */
  FrameSegment(ByteBuffer buffer, long start, long revisionBefore) {
    this.buffer = buffer;
    this.start = start;
    this.revisionBefore = revisionBefore;
  }

  int capacity() {
    return buffer.capacity();
  }

  ByteBuffer buffer() {
    return buffer;
  }

  long start() {
    return start;
  }

  /** Bytes of whole frames. */
  int end() {
    return end;
  }

  FrameSegment next() {
    return next;
  }

  void next(FrameSegment next) {
    this.next = next;
  }

  boolean hasRoom(int bytes) {
    return buffer.capacity() - end >= bytes;
  }

  void append(byte[] json, long revision) {
    WebSocketFrames.putText(buffer, json);
    if (frames == ends.length) {
      revisions = Arrays.copyOf(revisions, 2 * frames);
      ends = Arrays.copyOf(ends, 2 * frames);
    }
    revisions[frames] = revision;
    ends[frames] = buffer.position();
    frames++;
    end = buffer.position();
  }

  long revisionBefore() {
    return revisionBefore;
  }

  /** The position after the last frame here whose revision is at most {@code revision}. */
  long positionAfter(long revision) {
    int found = Arrays.binarySearch(revisions, 0, frames, revision);
    int count = found >= 0 ? found + 1 : -found - 1;
    return count == 0 ? start : start + ends[count - 1];
  }

  /** The bytes from {@code from} to {@code to}, for reading. */
  ByteBuffer view(int from, int to) {
    ByteBuffer view = buffer.duplicate();
    view.limit(to).position(from);
    return view;
  }

  void pin() {
    pins++;
  }

  /** Releases a pin; whether the buffer is free: retired and without pins. */
  boolean unpin() {
    pins--;
    return isFree();
  }

  /**
   * Takes it out of the ring; whether its buffer is free at once. Unlinks the successor, so that a
   * lost cursor does not keep the rest of the chain reachable.
   */
  boolean retire() {
    retired = true;
    next = null;
    return isFree();
  }

  /**
   * Takes it out of the ring, its frames not to be read any more.
   *
   * @param last whether a cursor at its end can go on with the next segment
   * @return whether its buffer is free at once
   */
  boolean forget(boolean last) {
    forgotten = true;
    FrameSegment following = next;
    boolean free = retire();
    next = last ? following : null;
    return free;
  }

  boolean isForgotten() {
    return forgotten;
  }

  /** Overwrites a buffer; its position is 0 then. */
  static void wipe(ByteBuffer buffer) {
    buffer.clear();
    while (buffer.remaining() >= Long.BYTES) {
      buffer.putLong(0);
    }
    while (buffer.hasRemaining()) {
      buffer.put((byte) 0);
    }
    buffer.clear();
  }

  boolean isPinned() {
    return pins > 0;
  }

  boolean isRetired() {
    return retired;
  }

  private boolean isFree() {
    return retired && pins == 0;
  }
}
