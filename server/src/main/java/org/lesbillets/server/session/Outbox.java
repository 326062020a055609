package org.lesbillets.server.session;

import java.io.ByteArrayOutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one session alone is to be sent: answers, refusals, events filtered by a query, pings.
 * Finished frames, in order. Any thread adds; the drainer takes. Bounded in bytes: beyond that an
 * addition is refused, and the session is to be cut.
 */
final class Outbox {
  /** An item that goes as soon as it is its turn. */
  static final long NOW = -1;

  private final long capacityBytes;
  private final Queue<Item> items = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /** Frames that wait for the session's cursor to reach a position of the log, or for nothing. */
  private record Item(byte[] frames, long position) {}

  Outbox(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /**
   * Adds frames.
   *
   * @param position of the log that must have been sent before, or {@link #NOW}
   * @return false if there is no room
   */
  boolean add(byte[] frames, long position) {
    if (bytes.addAndGet(frames.length) > capacityBytes) {
      bytes.addAndGet(-frames.length);
      return false;
    }
    items.add(new Item(frames, position));
    return true;
  }

  /**
   * Takes frames that may go now, joined.
   *
   * @param sentTo how far the log was sent: Long.MAX_VALUE when the session does not follow it
   * @param most stop when so many bytes are joined
   * @return null when there is nothing that may go
   */
  byte[] take(long sentTo, int most) {
    Item first = items.peek();
    if (first == null || first.position > sentTo) {
      return null;
    }
    items.poll();
    Item second = items.peek();
    if (second == null || second.position > sentTo || first.frames.length >= most) {
      bytes.addAndGet(-first.frames.length);
      return first.frames;
    }
    return join(first, sentTo, most);
  }

  private byte[] join(Item first, long sentTo, int most) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(first.frames.length + 1024);
    joined.writeBytes(first.frames);
    for (Item next = items.peek();
        next != null && next.position <= sentTo && joined.size() < most;
        next = items.peek()) {
      joined.writeBytes(items.poll().frames);
    }
    bytes.addAndGet(-joined.size());
    return joined.toByteArray();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** How many bytes wait in it. */
  long bytes() {
    return bytes.get();
  }

  /** Forgets what waits. */
  void clear() {
    items.clear();
  }
}
