package org.lesbillets.server.session;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * Append-only ring of finished WebSocket frames, one for each pushed event, shared by all watches.
 * A position counts bytes from the start of the log; each watching session is a {@link
 * FrameCursor}.
 *
 * <pre>
 *   first segment -> ... -> last segment        append: here, by a single writer
 *        |          ^cursor      ^cursor        read: any number of cursors, zero copy
 *        v ring above its capacity
 *   retired: cursors in it are lost; its buffer is reused once the last pin is released
 * </pre>
 *
 * <p>Before what is to be forgotten the log is {@linkplain #seal sealed}: what follows begins a
 * segment. What is {@linkplain #forget forgotten} leaves the ring at once and is overwritten: a
 * cursor at its end follows the next segment, any other is lost.
 *
 * <p>The updater's thread appends; any thread may look up a position or open a cursor. Bounded:
 * when the ring exceeds its capacity the oldest segments leave it, pinned or not, so slow readers
 * exert no back-pressure; a lost reader costs one segment until it is cut.
 */
public final class FrameLog {
  static final int SEGMENT_BYTES = 64 * 1024;
  private static final int SPARE_SEGMENTS = 16;

  private final long capacityBytes;
  private final Deque<ByteBuffer> spare = new ArrayDeque<>();

  /** What is left of the ring that was forgotten: at most as much as that held. */
  private final Deque<ByteBuffer> dirty = new ArrayDeque<>();

  private FrameSegment first;
  private FrameSegment last;
  private long ringBytes;
  private long overdueBytes;

  /** Where it was sealed last: buffers with frames from before that are overwritten. */
  private long sealed;

  /** Of the last event before that. */
  private long sealedRevision;

  private volatile long seals;
  private volatile long head;
  private volatile long headRevision;

  /**
   * @param capacityBytes bound of the ring, at least 128 KiB
   * @param revision of the last event before the log begins
   */
  public FrameLog(long capacityBytes, long revision) {
    if (capacityBytes < 2 * SEGMENT_BYTES) {
      throw new IllegalArgumentException("a log of frames holds at least 128 KiB");
    }
    this.capacityBytes = capacityBytes;
    this.headRevision = revision;
    this.first = segment(SEGMENT_BYTES);
    this.last = first;
  }

  /** The bound of the ring. */
  public long capacityBytes() {
    return capacityBytes;
  }

  /** Appends an event's frame. The updater's thread. */
  public synchronized void append(byte[] json, long revision) {
    int length = WebSocketFrames.textLength(json.length);
    if (!last.hasRoom(length)) {
      grow(Math.max(length, SEGMENT_BYTES));
    }
    last.append(json, revision);
    headRevision = revision;
    head = last.start() + last.end();
  }

  private void grow(int bytes) {
    FrameSegment segment = segment(bytes);
    last.next(segment);
    last = segment;
    while (ringBytes > capacityBytes && first != last) {
      FrameSegment oldest = first;
      first = oldest.next();
      ringBytes -= oldest.capacity();
      overdueBytes += oldest.capacity();
      if (oldest.retire()) {
        reuse(oldest);
      }
    }
  }

  /**
   * Begins a segment, since the frames so far are to be forgotten: those who resume do not get
   * them. The updater's thread.
   */
  public synchronized void seal() {
    dirty.addAll(spare);
    spare.clear();
    sealed = head;
    sealedRevision = headRevision;
    seals++;
    if (last.end() > 0) {
      grow(SEGMENT_BYTES);
    }
  }

  /** How often it was sealed: what was read before is old then. */
  long seals() {
    return seals;
  }

  /** Whether no cursor can read frames from before it was sealed. */
  public synchronized boolean isRead() {
    for (FrameSegment old = first; old.start() < sealed; old = old.next()) {
      if (old.isPinned()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Drops the frames from before it was sealed, to be {@linkplain #wipe overwritten} once no cursor
   * pins them.
   */
  public synchronized void forget() {
    FrameSegment old = first;
    while (old.start() < sealed) {
      FrameSegment next = old.next();
      first = next;
      ringBytes -= old.capacity();
      overdueBytes += old.capacity();
      if (old.forget(next.start() >= sealed)) {
        reuse(old);
      }
      old = next;
    }
  }

  /**
   * Overwrites one buffer of what was forgotten: 64 KiB, or one larger frame; some 10 µs.
   *
   * @return whether there was one
   */
  public synchronized boolean wipe() {
    ByteBuffer buffer = dirty.poll();
    if (buffer != null) {
      FrameSegment.wipe(buffer);
      keep(buffer);
    }
    return buffer != null;
  }

  private FrameSegment segment(int bytes) {
    ByteBuffer buffer = bytes == SEGMENT_BYTES ? spare.poll() : null;
    ringBytes += bytes;
    return new FrameSegment(
        buffer == null ? ByteBuffer.allocateDirect(bytes) : buffer, head, headRevision);
  }

  private void reuse(FrameSegment segment) {
    overdueBytes -= segment.capacity();
    if (segment.start() < sealed) {
      dirty.add(segment.buffer());
    } else {
      keep(segment.buffer());
    }
  }

  private void keep(ByteBuffer buffer) {
    if (buffer.capacity() == SEGMENT_BYTES && spare.size() < SPARE_SEGMENTS) {
      spare.add(buffer.clear());
    }
  }

  /** The position after the last frame. */
  public long head() {
    return head;
  }

  /** The revision of the last frame's event. */
  public long headRevision() {
    return headRevision;
  }

  /** Bytes that have left the ring and are still pinned by cursors. */
  public synchronized long overdueBytes() {
    return overdueBytes;
  }

  /**
   * The position after every event up to {@code revision}.
   *
   * @return -1 if a later event has already left the ring
   */
  public synchronized long positionAfter(long revision) {
    if (revision < Math.max(sealedRevision, first.revisionBefore())) {
      return -1;
    }
    return lastWhere(segment -> segment.revisionBefore() <= revision).positionAfter(revision);
  }

  /**
   * A cursor at {@code position}, which must be between two frames.
   *
   * @return null if the position has left the ring
   */
  synchronized FrameCursor open(long position) {
    if (position < first.start()) {
      return null;
    }
    FrameSegment found = lastWhere(segment -> segment.start() <= position);
    found.pin();
    return new FrameCursor(this, found, (int) (position - found.start()));
  }

  /** The last segment of those that fulfil a condition; they are a prefix of the chain. */
  private FrameSegment lastWhere(Predicate<FrameSegment> condition) {
    FrameSegment found = first;
    for (FrameSegment s = first; s != null && condition.test(s); s = s.next()) {
      found = s;
    }
    return found;
  }

  /** Moves a cursor's pin to the next segment; null if the cursor is lost. */
  synchronized FrameSegment follow(FrameSegment from) {
    FrameSegment to = from.next();
    if (to == null || to.isRetired()) {
      return null;
    }
    to.pin();
    release(from);
    return to;
  }

  /** Whether a cursor at {@code offset} in {@code segment} is lost. */
  synchronized boolean isLost(FrameSegment segment, int offset) {
    FrameSegment next = segment.next();
    boolean goesOn =
        segment.isForgotten() && offset == segment.end() && next != null && !next.isRetired();
    return segment.isRetired() && !goesOn;
  }

  synchronized void release(FrameSegment segment) {
    if (segment.unpin()) {
      reuse(segment);
    }
  }
}
